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
  const user = knownPart(r.text('User')) ?? ''
  return {
    ...o,
    connector: o.name,
    user,
    sid: sidOf(user),
    extendedRights: r.items('ExtendedRights', (right) => right.toLowerCase()),
    deny: r.flag('Deny'),
    isInherited: r.flag(o.properties.IsInherited === undefined ? 'Inherited' : 'IsInherited'),
  }
}
