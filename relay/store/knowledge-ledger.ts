/** What agents know out of files that their owner gave them. */
import type { AgentId } from '../../shared/contract/chat.ts';

export type KnowledgeFile = { readonly name: string; readonly text: string };

export interface KnowledgeLedger {
  /** In the order in which they were first added. */
  files(agentId: AgentId): Promise<readonly KnowledgeFile[]>;
  /** One of the same name is replaced, and is in no file any more. */
  put(agentId: AgentId, file: KnowledgeFile): Promise<void>;
  /** False where there is none of that name. What it said is in no file any more. */
  remove(agentId: AgentId, name: string): Promise<boolean>;
}
