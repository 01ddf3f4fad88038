import type { Config, IpFamily, Place, Tri } from '../model'
import type { Answers, Missing } from '../rules/define-rule'
import type { TraceStage } from './stage-names'
import type { BranchReason, Reason } from './texts'

/** What became of the message. `accepted`: for an own recipient; `relayed`: for a foreign one. */
export const dispositions = [
  'accepted',
  'relayed',
  'rejected',
  'queued',
  'loop',
  'no-route',
  'ambiguous',
  'insufficient-info',
] as const
export type Disposition = (typeof dispositions)[number]

/** certain: exported data and documented rules. likely: a rule that no document states. unknown: an input is missing. */
export const traceConfidences = ['certain', 'likely', 'unknown'] as const
export type TraceConfidence = (typeof traceConfidences)[number]

export const origins = ['internet', 'on-premises', 'exchange-online', 'other-tenant'] as const
export type Origin = (typeof origins)[number]

export const authKinds = ['none', 'user', 'exchange-server'] as const
export type AuthKind = (typeof authKinds)[number]

/**
 * A question to the model. Addresses of mail in lower case; `mailFrom` '' is the null sender, null is not said. `from` null: the
 * way begins at `origin`. `to` null: the server is not said. `size` in bytes.
 */
export type TraceQuestion = {
  readonly from: string | null
  readonly origin: Origin
  /** Nobody named it: the address tells it, and answers do not repeat it. */
  readonly isOriginAssumed?: true
  readonly to: string | null
  readonly port: number
  readonly localIp: string | null
  readonly tls: 'none' | 'starttls'
  readonly peerCert: string | null
  readonly originator: string | null
  readonly auth: AuthKind
  readonly mailFrom: string | null
  readonly rcptTo: string | null
  readonly size: number | null
}

export const nodeKinds = ['internet', 'server', 'edge', 'exchange-online', 'gateway', 'partner', 'mailbox'] as const
export type TraceNode = { readonly kind: (typeof nodeKinds)[number]; readonly id: string }

/** A property and its value that decided, with its place in an upload. */
export type Because = { readonly property: string; readonly value: string; readonly place: Place }

/** A candidate that was not taken, and the first condition it did not meet (a key of the texts). */
export type NotChosen = { readonly id: string; readonly reason: Reason; readonly because?: Because }

export type TextParams = Readonly<Record<string, string | number>>

/**
 * One step of a hop. `decision` is a word of the stage's vocabulary; with the stage it is the key of the sentence that people read,
 * which `params` fill.
 */
export type TraceStep = {
  readonly stage: TraceStage
  readonly decision: string
  readonly chosen?: string
  readonly params?: TextParams
  readonly because: readonly Because[]
  readonly notChosen: readonly NotChosen[]
  readonly missing: readonly Missing[]
  readonly confidence: TraceConfidence
}

/** What a server typically answers; wording differs between builds. */
export type Reply = { readonly code: string; readonly text: string }

export type AuthAs = 'Internal' | 'Anonymous' | 'Partner' | 'unknown'

/** Everything that answers are computed from. Pure: one world and one question give one answer. */
export type World = { readonly config: Config; readonly asOf: Date; readonly answers: Answers }

export type Address = { readonly family: IpFamily; readonly value: bigint }

/** Who opens the session to the next node. */
export type Client = {
  readonly kind: 'internet' | 'device' | 'server' | 'edge' | 'exchange-online' | 'other-tenant' | 'gateway'
  /** Server or gateway by name, where the client is one. */
  readonly name: string | null
  /** Source address as the node sees it; null where no export and no answer tells it. */
  readonly address: Address | null
  /** The address was not given: this one stands for all of its kind. */
  readonly assumed?: boolean
}

/**
 * The message on its way: what the next node sees. `session`: it arrives there by SMTP; `routing`: it is there and looks for its
 * way on. `peerNames`: names in the certificate that the client presents, null where none is presented.
 */
export type Packet = {
  readonly node: TraceNode
  readonly entry: 'session' | 'routing'
  readonly client: Client
  readonly port: number
  readonly localAddress: Address | null
  readonly tls: Tri
  readonly peerNames: readonly string[] | null
  /** Self-signed certificates prove nothing to Exchange Online; without a word a certificate counts as trusted. */
  readonly peerTrusted?: Tri
  readonly auth: AuthKind
  readonly mailFrom: string | null
  readonly rcptTo: string | null
  readonly size: number | null
  /** XOORG of the session: the domain of the tenant that sends. */
  readonly originator: string | null
  /** Do the organisation's headers (X-MS-Exchange-CrossPremises-*) come along, and say that the message is internal? */
  readonly crossPremises: Tri
  readonly authAs: AuthAs
  /** Exchange Online: came from the own servers (`originating`), or from anywhere else. */
  readonly direction: 'originating' | 'incoming' | 'unknown'
  /** Has been on the own servers already: centralized transport leaves it alone then (KB3194415). */
  readonly wasOnPremises: boolean
  /** The own server that stands for all that behave alike, once one was chosen. */
  readonly via?: string
  /** Receive connector or inbound connector that took the message last. */
  readonly connector: string | null
  /** What the first server said to the recipient: the answer stands, also where the further way cannot be told. */
  readonly taken: { readonly disposition: 'accepted' | 'relayed'; readonly confidence: TraceConfidence } | null
}

/** What a node does with a packet. One of `next`, `end`, `branches`. */
export type HopResult = {
  readonly steps: readonly TraceStep[]
  readonly next?: Packet
  readonly end?: Ending
  /** Where the model leaves it open, or sources disagree: every way on. */
  readonly branches?: readonly Branch[]
}
/** `confidence`: where steps after the decision must not weaken it. */
export type Ending = {
  readonly disposition: Disposition
  readonly reply?: Reply
  readonly authAs?: AuthAs
  readonly confidence?: TraceConfidence
}
/** `reason`: key of the sentence that tells this branch from the others. */
export type Branch = { readonly reason: BranchReason; readonly params?: TextParams; readonly result: HopResult }

export type Handler = (packet: Packet, world: World) => HopResult

export type TraceHop = { readonly node: TraceNode; readonly steps: readonly TraceStep[] }

/** The way of one message. `branches` hold the ways where it is open; the hops before them are common. */
export type Trace = {
  readonly question: TraceQuestion
  readonly disposition: Disposition
  readonly confidence: TraceConfidence
  readonly reply: (Reply & { readonly typically: true }) | null
  readonly authAs: AuthAs
  readonly hops: readonly TraceHop[]
  /** For `loop`: the nodes of the cycle, the first one again at the end. */
  readonly cycle: readonly TraceNode[]
  readonly branches: readonly TraceBranch[]
}
export type TraceBranch = {
  readonly reason: BranchReason
  readonly params: TextParams
  readonly disposition: Disposition
  readonly confidence: TraceConfidence
  readonly reply: Trace['reply']
  readonly authAs: AuthAs
  readonly hops: readonly TraceHop[]
  readonly cycle: readonly TraceNode[]
}
