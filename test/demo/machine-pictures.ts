/** Pictures of the state machines, drawn from what their transitions really do with every state and every event. SVG, the same every time. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import {
  type ConnectionEvent,
  type ConnectionState,
  connectionTransition as connect,
} from '../../extension/relay-connection/connection-state.ts';
import { type LaneContext, type LaneEvent, type LaneState, laneStep } from '../../relay/conversation/lane-machine.ts';
import { linkTransition as link } from '../../relay/whatsapp/link/link-machine.ts';
import { CLOSE } from '../../shared/contract/wire.ts';
import { POLICY } from '../support/link-driver.ts';
import { EVENTS, GENERATION, LATER, STATES } from '../support/link-pairs.ts';

/** Where a machine goes: from, to, and the names of the events that lead there. */
type Edges = Map<string, Map<string, Set<string>>>;

const NOW = 1_000;
const SOON = NOW + 1;

function add(edges: Edges, from: string, event: string, to: string): void {
  if (from === to) return;
  const ways = edges.get(from) ?? new Map<string, Set<string>>();
  edges.set(from, ways);
  ways.set(to, (ways.get(to) ?? new Set()).add(event));
}

function linkEdges(): Edges {
  const edges: Edges = new Map();
  for (const state of Object.values(STATES)) {
    for (const [name, event] of Object.entries(EVENTS)) {
      const moment = { now: LATER, jitter: 0, policy: POLICY, nextGeneration: GENERATION + 1 };
      add(edges, state.type, name, link(state, event, moment).state.type);
    }
  }
  return edges;
}

const LANE_STATES: readonly LaneState[] = [
  { type: 'quiet' },
  { type: 'gathering', until: NOW, tries: 0 },
  { type: 'for-owner', until: NOW, tries: 0 },
  { type: 'thinking', since: NOW, tries: 0, again: false },
  { type: 'waiting', until: NOW, tries: 1 },
];

const LANE_EVENTS: Readonly<Record<string, LaneEvent>> = {
  'contact-wrote': { type: 'contact-wrote' },
  due: { type: 'due' },
  'owner-time': { type: 'owner-time' },
  finished: { type: 'finished' },
  'failed, may pass': { type: 'failed', serverMs: null, expiresAt: Number.MAX_SAFE_INTEGER },
  'failed, too late': { type: 'failed', serverMs: null, expiresAt: 0 },
  stopped: { type: 'stopped' },
};

function laneEdges(): Edges {
  const edges: Edges = new Map();
  const context: LaneContext = { now: SOON, gatherMs: 0, ownerMs: 0, caughtUp: true, mayBeginAgain: true, jitter: 0 };
  for (const state of LANE_STATES) {
    for (const [name, event] of Object.entries(LANE_EVENTS))
      add(edges, state.type, name, laneStep(state, event, context).state.type);
    // An owner who has minutes to answer first.
    for (const name of ['contact-wrote', 'owner-time']) {
      const event = LANE_EVENTS[name];
      if (event)
        add(edges, state.type, `${name}, owner first`, laneStep(state, event, { ...context, ownerMs: 1 }).state.type);
    }
  }
  return edges;
}

const snapshot = { at: NOW, agents: [] };
const CONNECTION_STATES: readonly ConnectionState[] = [
  { type: 'idle' },
  { type: 'dialing', attempt: 0 },
  { type: 'handshake', attempt: 0 },
  { type: 'ready', snapshot, seq: 0 },
  { type: 'waiting', attempt: 1, retryAt: NOW },
  { type: 'refused', why: 'pair-again' },
  { type: 'refused', why: 'not-your-relay' },
];
const CONNECTION_EVENTS: Readonly<Record<string, ConnectionEvent>> = {
  dialed: { type: 'dialed' },
  opened: { type: 'opened' },
  welcomed: { type: 'welcomed', snapshot, seq: 1 },
  told: { type: 'told', snapshot, seq: 1 },
  refused: { type: 'refused', why: 'not-your-relay' },
  closed: { type: 'closed', code: CLOSE.goingAway, now: NOW },
  revoked: { type: 'closed', code: CLOSE.revoked, now: NOW },
};

function connectionEdges(): Edges {
  const edges: Edges = new Map();
  for (const state of CONNECTION_STATES) {
    for (const [name, event] of Object.entries(CONNECTION_EVENTS))
      add(edges, state.type, name, connect(state, event).type);
  }
  return edges;
}

/** Grey lines and dark letters on paper: readable on a light and on a dark page. */
function dotOf(edges: Edges): string {
  const lines = [...edges].flatMap(([from, ways]) =>
    [...ways].map(([to, events]) => `"${from}" -> "${to}" [label="${[...events].join('\\n')}"];`),
  );
  return `digraph {
    bgcolor="#fbfaf8"; rankdir=LR; pad=0.3; nodesep=0.5; ranksep=0.9;
    node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#887f74", fontcolor="#26211b", fontname="sans-serif", fontsize=14];
    edge [color="#887f74", fontcolor="#575047", fontname="sans-serif", fontsize=10];
    ${lines.join('\n')}
  }`;
}

/** File name → SVG. */
export async function machinePictures(): Promise<ReadonlyMap<string, string>> {
  const graphviz = await Graphviz.load();
  const draw = (edges: Edges): string => `${graphviz.dot(dotOf(edges)).trim()}\n`;
  return new Map([
    ['machine-link.svg', draw(linkEdges())],
    ['machine-lane.svg', draw(laneEdges())],
    ['machine-connection.svg', draw(connectionEdges())],
  ]);
}
