import { type CollectionName, type ConfigObject, cmdletOf, type Side } from '../model'
import type { Missing } from '../rules/define-rule'
import { usualSide } from './known-servers'

/** The export of a collection that would answer, for a verdict `not-assessed`. Without servers: the organisation's. */
export const exportOf = (
  collection: CollectionName,
  side: Side = usualSide(collection),
  servers: readonly string[] = [],
): Missing => ({ cmdlet: cmdletOf[collection], side, servers })

/** The export that would print the object in full. */
export const exportOfObject = (o: ConfigObject): Missing => ({
  cmdlet: cmdletOf[o.collection],
  side: o.side === 'unknown' ? usualSide(o.collection) : o.side,
  servers: o.server === null ? [] : [o.server],
})

/** Only a newer list of addresses could say that nothing else belongs to Exchange Online. */
export const newerExchangeOnlineRanges: Missing = {
  cmdlet:
    'Invoke-RestMethod "https://endpoints.office.com/endpoints/Worldwide?ServiceAreas=Exchange&ClientRequestId=$(New-Guid)"',
  side: 'exchange-online',
  servers: [],
}

/** The limits as they stand today; the copy of them is too old to say that all is well. */
export const newerLimits: Missing = {
  cmdlet:
    'Invoke-WebRequest https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits',
  side: 'exchange-online',
  servers: [],
}
