import type { LogFacts, Side } from '../../model'
import { ownCopy } from '../../text'
import { SessionSet } from './sessions'

type Service = NonNullable<LogFacts['service']>

/** What is known of a log so far, in memory that does not grow with the log but for the ids of its sessions. */
export type Tally = {
  records: number
  /** Sessions of rows that carry no id: each begins at sequence number 0. */
  begun: number
  readonly sessions: SessionSet
  from: string
  to: string
  repaired: Damage
  unreadable: Damage
  readonly services: Map<Service, number>
  receiving: number
  sending: number
  server: string | null
  oneServer: boolean
  firstLine: number
  lastLine: number
}

/** Damaged lines: how many, and where the first is. */
type Damage = { count: number; line: number }

export const newTally = (): Tally => ({
  records: 0,
  begun: 0,
  sessions: new SessionSet(),
  from: '',
  to: '',
  repaired: { count: 0, line: 0 },
  unreadable: { count: 0, line: 0 },
  services: new Map(),
  receiving: 0,
  sending: 0,
  server: null,
  oneServer: true,
  firstLine: 0,
  lastLine: 0,
})

export function damaged(d: Damage, line: number): void {
  if (d.count++ === 0) d.line = line
}

export function seenLine(t: Tally, line: number): void {
  if (t.firstLine === 0) t.firstLine = line
  t.lastLine = line
}

/** Lines of sessions interleave and buffers are written late, so that the first line need not be the oldest. */
export function seenTime(t: Tally, time: string): void {
  if (t.from === '' || time < t.from) t.from = ownCopy(time)
  if (time > t.to) t.to = ownCopy(time)
}

// Microsoft Learn, "Default Receive connectors": who listens where. Port 25 is the front end's but for Edge servers, whose connector
// is the internal one.
const SERVICE_OF_PORT: Readonly<Record<string, Service>> = {
  '25': 'frontend',
  '587': 'frontend',
  '717': 'frontend',
  '2525': 'hub',
  '465': 'hub',
  '475': 'mailbox',
}
const EDGE_CONNECTOR = /\\Default internal receive connector/i

export function seenConnector(t: Tally, connector: string, local: string): void {
  const slash = connector.indexOf('\\')
  if (slash <= 0) {
    t.sending++
    return
  }
  t.receiving++
  const server = connector.slice(0, slash).toUpperCase()
  if (t.server === null) t.server = ownCopy(server)
  else if (t.server !== server) t.oneServer = false
  const service = EDGE_CONNECTOR.test(connector) ? 'edge' : SERVICE_OF_PORT[local.slice(local.lastIndexOf(':') + 1)]
  if (service !== undefined) t.services.set(service, (t.services.get(service) ?? 0) + 1)
}

/** Folders under TransportRoles\Logs: FrontEnd, Hub, Mailbox, Edge (Microsoft Learn, "Protocol logging"). */
const FOLDER = /(?:^|[\\/])(FrontEnd|Hub|Mailbox|Edge)[\\/](?:ProtocolLog|SmtpReceive|SmtpSend)(?:[\\/]|$)/i

export function serviceOf(t: Tally, name: string): Service | undefined {
  const folder = FOLDER.exec(name)?.[1]?.toLowerCase()
  if (folder === 'frontend' || folder === 'hub' || folder === 'mailbox' || folder === 'edge') return folder
  const [best] = [...t.services].sort((a, b) => b[1] - a[1])
  return best?.[0]
}

export function directionOf(t: Tally, said: LogFacts['direction'], name: string): LogFacts['direction'] {
  if (said !== 'unknown') return said
  if (/SmtpReceive|(?:^|[\\/])RECV\d/i.test(name)) return 'receive'
  if (/SmtpSend|(?:^|[\\/])SEND\d/i.test(name)) return 'send'
  if (t.receiving === t.sending) return 'unknown'
  return t.receiving > t.sending ? 'receive' : 'send'
}

export const sideOf = (service: Service | undefined): Side => (service === 'edge' ? 'edge' : 'on-premises')
