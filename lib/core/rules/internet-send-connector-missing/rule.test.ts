import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  acceptedDomain,
  exported,
  internetConnector,
  judge,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const named = (name: string, own: Record<string, string> = {}) =>
  internetConnector({ Name: name, Identity: name, ...own })
const partner = named('Partner', { AddressSpaces: '{SMTP:fabrikam.com;1}' })
const off = named('Off', { Enabled: 'False' })
const hybrid = named('Outbound to Office 365', { AddressSpaces: '{SMTP:contoso.mail.onmicrosoft.com;1}' })
/** Only what is printed after it shows that a listing was empty. */
const nothing =
  shown('Get-SendConnector | Format-List', []) + exported('Get-AcceptedDomain', acceptedDomain('contoso.com'))
const subscription = exported('Get-EdgeSubscription', { Name: 'EDGE01', Site: 'contoso.local/Configuration/Sites/HQ' })

it.each([
  ['nothing at all', nothing, 'info', 'fresh'],
  ['only to the tenant', sendExport(hybrid), 'info', 'fresh'],
  ['only to the own servers', sendExport(named('In', { AddressSpaces: '{SMTP:--;1}' })), 'info', 'fresh'],
  ['only a fax gateway', sendExport(named('Fax', { AddressSpaces: '{FAX:*;1}' })), 'info', 'fresh'],
  ['a disabled one', sendExport(off, hybrid), 'high', 'disabled'],
  ['a partner', sendExport(partner), 'high', 'others'],
  ['a disabled partner', sendExport({ ...partner, Enabled: 'False' }), 'info', 'fresh'],
  ['a disabled one and a partner', sendExport(partner, off), 'high', 'disabled'],
])('%s', (_, text, severity, state) => {
  const { fails } = judge(rule, text)
  expect(fails.map((f) => [f.severity, f.params.case, f.key])).toEqual([[severity, state, '']])
  expect(fails[0]?.objects.map((o) => o.id)).toEqual(
    state === 'disabled' ? ['Off'] : state === 'others' ? ['Partner'] : ['on-premises'],
  )
})

it.each([
  ['one that is enabled', sendExport(internetConnector()), 'pass', []],
  ['a subscribed Edge', sendExport(partner) + subscription, 'pass', []],
  [
    'a named export',
    shown('Get-SendConnector "Partner" | Format-List', [partner]),
    'not-assessed',
    ['Get-SendConnector'],
  ],
  ['spaces unknown', sendExport(withoutProperties(partner, 'AddressSpaces')), 'not-assessed', ['Get-SendConnector']],
  [
    'enabled unknown',
    sendExport(withoutProperties(internetConnector(), 'Enabled')),
    'not-assessed',
    ['Get-SendConnector'],
  ],
])('%s', (_, text, state, missing) => expect(judge(rule, text)).toMatchObject({ state, missing }))

it.each([
  [sendExport(off), "Set-SendConnector -Identity 'Off' -Enabled $true"],
  [
    sendExport(partner),
    "New-SendConnector -Name 'Internet' -Internet -AddressSpaces 'SMTP:*;1' -DNSRoutingEnabled $true -SourceTransportServers 'EX01'",
  ],
  [nothing, '-SourceTransportServers <source-servers>'],
])('%#: creates or enables one', (text, line) => {
  const [first] = judge(rule, text).fails
  const context = { config: configFrom(text), asOf: new Date(), answers: {} }
  expect(first && rule.fix([first], context)?.steps[2]?.powershell).toContain(line)
})
