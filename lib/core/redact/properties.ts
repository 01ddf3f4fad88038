import { readDate } from '../build/dates'
import type { InventoryObject } from '../report/schema'
import type { Pseudonyms } from './types'

type Property = InventoryObject['properties'][string]

const set = (names: string): ReadonlySet<string> => new Set(names.toLowerCase().split(/\s+/))

/** Nothing in the product reads them, and all they do is to tell whose it is. */
const left = set(
  `DistinguishedName ExchangeLegacyDN LegacyExchangeDN ObjectCategory OrganizationId OriginatingServer OrganizationalUnit OrganizationalUnitRoot
   OrganizationalUnitRootInternal NetworkAddress RunspaceId PSComputerName PSShowComputerName ImmutableId SerializationData RawData ProductID
   AdminDisplayName CreatedBy LastModifiedBy Description Conditions Actions Exceptions`,
)

/** Written by people, for people. */
const free = set(
  `Comment Comments Banner Notes FriendlyName ApplyHtmlDisclaimerText RejectMessageReasonText PrependSubject Reason`,
)

/** Hold names of objects, and nothing else. */
const names = set(
  `Name Identity Id Server SourceTransportServers ReceivingTransportServers SendingTransportServers EdgeTransportServers ClientAccessServers
   HomeMtaServerId InboundConnector OutboundConnector OrganizationRelationship RouteMessageOutboundConnector LinkedReceiveConnector ConnectorId
   OrganizationName`,
)

/** How texts of a property become pseudonyms; null: the property is left out. */
export type Treatment = 'date' | 'free' | 'name' | 'account' | 'hex' | 'version' | 'value' | 'site'

const NAMING: ReadonlySet<Treatment> = new Set(['free', 'name', 'account', 'hex', 'site'])

export function treatmentOf(property: string): Treatment | null {
  const key = property.toLowerCase()
  if (left.has(key)) return null
  if (free.has(key) || /(?:contains|matches)(?:words|patterns)$/.test(key)) return 'free'
  if (names.has(key)) return 'name'
  if (key === 'site') return 'site'
  if (key === 'user') return 'account'
  if (key === 'serialnumber') return 'hex'
  if (DATES.test(key)) return 'date'
  return /version$/.test(key) ? 'version' : 'value'
}

const DATES = /^(?:notbefore|notafter|when.*|createutc|leaseexpires|.*timestamp|.*date|.*datetime|blockedtime)$/
const isDate = (text: string): boolean => readDate(text, 'unknown').state !== 'not-a-date'
const VERSION = /^(?:Version )?[\d. ()]+(?:\(Build [\d.]+\))?$/

export function redactedText(treatment: Treatment, text: string, p: Pseudonyms): string {
  switch (treatment) {
    case 'date':
      return isDate(text) ? text : p.value(text)
    case 'free':
      return p.free(text)
    case 'name':
      return p.given(text)
    case 'account':
      return p.account(text)
    case 'hex':
      return /^[0-9a-f]+$/i.test(text) ? p.hex(text) : p.value(text)
    case 'version':
      return VERSION.test(text) ? text : p.value(text)
    case 'site':
      return text.split('/').map(p.name).join('/')
    case 'value':
      return p.value(text)
  }
}

/** A text that stands for a value of the property. */
export function redactedPropertyText(name: string, text: string, p: Pseudonyms): string {
  const treatment = treatmentOf(name)
  return treatment === null ? '…' : redactedText(treatment, text, p)
}

/** A property with pseudonyms, or undefined where it is left out. */
export function redactedProperty(name: string, property: Property, p: Pseudonyms): Property | undefined {
  const treatment = treatmentOf(name)
  if (treatment === null) return undefined
  const { value } = property
  // Digits alone are read as a number, also where they are somebody's name.
  const isText = typeof value === 'string' || (typeof value === 'number' && NAMING.has(treatment))
  if (isText) return { ...property, value: redactedText(treatment, String(value), p) }
  return Array.isArray(value) ? { ...property, value: value.map((v) => redactedText(treatment, v, p)) } : property
}

/** A value as Format-List prints one. */
export function propertyValue(name: string, property: Property, p: Pseudonyms): string {
  const made = redactedProperty(name, property, p)
  if (made === undefined) return '…'
  const { value, state } = made
  if (Array.isArray(value)) return `{${value.join(', ')}${state === 'truncated' ? '…' : ''}}`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return value === undefined ? '' : String(value)
}
