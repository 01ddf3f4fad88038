import { known, type ReceiveConnector } from '../model'
import type { Fix } from './commands'
import { fixOf } from './fix'
import { type Line, list, nothing, propertyTexts, set } from './powershell'
import {
  backupConnector,
  backupFile,
  forEachObject,
  importClixml,
  setConnector,
  showConnector,
  wizardRemark,
} from './receive-connector'

/** The entry that the Hybrid Configuration Wizard writes since Exchange 2013. */
export const HYBRID_ENTRY = 'mail.protection.outlook.com:AcceptCloudServicesMail'

/** What it was; from the backup where the export did not show the whole list. */
function restored(c: ReceiveConnector): readonly Line[] {
  const entries = c.tlsDomainCapabilities.state === 'null' ? [] : known(c.tlsDomainCapabilities)?.map((e) => e.text)
  if (entries) return [setConnector(c.id, { TlsDomainCapabilities: entries.length === 0 ? nothing : list(entries) })]
  return [
    set('before', importClixml(backupFile(c.id, 'connector'))),
    setConnector(c.id, { TlsDomainCapabilities: propertyTexts('before', 'TlsDomainCapabilities') }),
  ]
}

/** Sets the list of each connector to what it ought to hold, and back. */
export function fixCapabilities(
  connectors: readonly ReceiveConnector[],
  wanted: (c: ReceiveConnector) => readonly string[],
): Fix | null {
  if (connectors.length === 0) return null
  const change = (c: ReceiveConnector) => [setConnector(c.id, { TlsDomainCapabilities: list(wanted(c)) })]
  return fixOf({
    backup: forEachObject(connectors, (c) => backupConnector(c.id)),
    change: forEachObject(connectors, change),
    check: [
      ...forEachObject(connectors, (c) => [showConnector(c.id, ['TlsDomainCapabilities', 'TlsCertificateName'])]),
      wizardRemark,
    ],
    rollback: forEachObject(connectors, restored),
    effect: 'reconnect',
    minutes: 10,
    runsOn: connectors.every((c) => c.side === 'edge') ? 'edge' : 'exchange-management-shell',
  })
}
