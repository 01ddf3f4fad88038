import type { Missing } from '../../rules/define-rule'
import type { Session } from '../session'
import type { Packet } from '../types'

const sideOf = (packet: Packet) => (packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const))

/** The exports that would decide: the access list, and the connector where its groups are not known whole. */
export const accessList = (s: Session): readonly Missing[] => {
  const { state } = s.connector?.permissionGroups ?? { state: 'ok' }
  const list = { cmdlet: 'Get-ADPermission', side: sideOf(s.packet), servers: [s.packet.node.id] }
  return ['ok', 'empty', 'null'].includes(state) ? [list] : [list, ...connectors(s)]
}
export const connectors = ({ packet }: Session): readonly Missing[] => [
  { cmdlet: 'Get-ReceiveConnector', side: sideOf(packet), servers: [packet.node.id] },
]
export const acceptedDomains: readonly Missing[] = [{ cmdlet: 'Get-AcceptedDomain', side: 'on-premises', servers: [] }]

/** What the sentences of a session's steps name. */
export const sessionParams = (s: Session) => ({ principal: s.principal, connector: s.connector?.name ?? '' })
