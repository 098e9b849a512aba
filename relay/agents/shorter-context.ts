/** A chat that is too long for a model, asked about with less of what came before. Knows no back end. */
import type { AgentResult, Turn } from '../turn.ts';

/** Asks, and asks anew with half of what came before, until it fits or nothing is left to leave off. */
export async function askWithLess(turn: Turn, ask: (turn: Turn) => Promise<AgentResult>): Promise<AgentResult> {
  for (let context = turn.context; ; context = context.slice(Math.ceil(context.length / 2))) {
    const result = await ask({ ...turn, context });
    if (result.type !== 'fault' || result.fault !== 'context-too-long' || context.length === 0) return result;
  }
}
