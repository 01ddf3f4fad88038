import type { RightValue } from '../mailflow/rights'
import type { IpFamily, IpRange, ReceiveConnector } from '../model'
import type { Missing } from '../rules/define-rule'

/** What a stranger, without sign-in and without a certificate, may do from an address. */
export type StrangerRights = {
  readonly submit: RightValue
  /** Send to recipients of foreign domains; to all where the accepted domain is `*`. */
  readonly relay: RightValue
  /** Use a sender of an own authoritative domain. */
  readonly ownDomainSender: RightValue
  /** Count as an internal sender (AuthAs Internal). */
  readonly internal: RightValue
}

/** Addresses that get the same answers of the same connector. Ranges are in order and do not touch each other. */
export type ExposureClass = StrangerRights & {
  readonly ranges: readonly IpRange[]
  readonly addresses: bigint
  readonly connector: ReceiveConnector | null
  /** Who may answer, where equal, crossing or cut ranges leave it open. */
  readonly ambiguous: readonly ReceiveConnector[]
}

export type ListenerExposure = {
  readonly server: string
  readonly port: number
  readonly family: IpFamily
  /** null: every local address. */
  readonly localAddress: bigint | null
  readonly classes: readonly ExposureClass[]
}

/** Is there a public address that may relay? `witness`: one of them, and the listener that takes it. */
export type RelayTheorem = {
  readonly publicRelay: 'none' | 'exists' | 'unknown'
  readonly witness: {
    readonly address: string
    readonly server: string
    readonly port: number
    /** null: every local address. */
    readonly localAddress: string | null
  } | null
  /** What would tell. */
  readonly missing: readonly Missing[]
}

export type Exposure = { readonly listeners: readonly ListenerExposure[]; readonly theorem: RelayTheorem }
