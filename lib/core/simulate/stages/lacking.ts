import type { Missing } from '../../rules/define-rule'
import type { Session } from '../session'
import type { Packet } from '../types'

const sideOf = (packet: Packet) => (packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const))

/** The exports that would decide. */
export const accessList = ({ packet }: Session): readonly Missing[] => [
  { cmdlet: 'Get-ADPermission', side: sideOf(packet), servers: [packet.node.id] },
]
export const connectors = ({ packet }: Session): readonly Missing[] => [
  { cmdlet: 'Get-ReceiveConnector', side: sideOf(packet), servers: [packet.node.id] },
]
export const acceptedDomains: readonly Missing[] = [{ cmdlet: 'Get-AcceptedDomain', side: 'on-premises', servers: [] }]

/** What the sentences of a session's steps name. */
export const sessionParams = (s: Session) => ({ principal: s.principal, connector: s.connector?.name ?? '' })
