import { type AdPermission, type ExchangeServer, knownPart } from '../../model'
import { sidOf } from '../accounts'
import type { Make } from './make'

export const exchangeServer: Make<ExchangeServer> = (o, r) => ({
  ...o,
  fqdn: r.text('Fqdn'),
  serverRole: r.list('ServerRole'),
  site: r.map('Site', (v) => String(v).replace(/^.*\/Sites\//, '')),
  version: r.text('AdminDisplayVersion'),
})

export const adPermission: Make<AdPermission> = (o, r) => {
  const account = r.text('User')
  const user = knownPart(account) ?? ''
  return {
    ...o,
    connector: o.name,
    user,
    // The collection script writes the identifier beside the name, which is in the language of the server.
    sid: sidOf(knownPart(r.text('UserSid')) ?? '') ?? (account.state === 'ok' ? sidOf(user) : null),
    extendedRights: r.items('ExtendedRights', (right) => right.toLowerCase()),
    deny: r.flag('Deny'),
    isInherited: r.flag(o.properties.IsInherited === undefined ? 'Inherited' : 'IsInherited'),
  }
}
