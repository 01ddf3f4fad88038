import { expect, it } from 'vitest'
import { contextOf, exported, inboundConnector, judge, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const inbound = (own: Record<string, string> = {}, ...without: string[]) =>
  exported('Get-InboundConnector', withoutProperties(inboundConnector(own), ...without))
const byCertificate = { RestrictDomainsToCertificate: 'True' }
const one = { SenderDomains: '{smtp:contoso.com;1}' }

it.each([
  ['as the wizard leaves it', inbound(), 'pass'],
  ['to the certificate', inbound(byCertificate), 'restriction'],
  ['to addresses', inbound({ RestrictDomainsToIPAddresses: 'True' }), 'restriction'],
  ['one domain', inbound(one), 'senders'],
  ['both', inbound({ ...one, ...byCertificate }), 'both'],
  ['one domain and all', inbound({ SenderDomains: '{smtp:contoso.com;1, smtp:*;1}' }), 'pass'],
  ['no domain at all', inbound({ SenderDomains: '{}' }), 'pass'],
  ['a cut list', inbound({ SenderDomains: '{smtp:contoso.com;1, ...}' }), 'not-assessed'],
  ['a partner', inbound({ ...byCertificate, ConnectorType: 'Partner' }), 'not-applicable'],
  ['disabled', inbound({ ...byCertificate, Enabled: 'False' }), 'not-applicable'],
  ['without a type', inbound(byCertificate, 'ConnectorType'), 'not-assessed'],
  ['without senders', inbound({}, 'SenderDomains'), 'not-assessed'],
  ['without senders, but restricted', inbound(byCertificate, 'SenderDomains'), 'restriction'],
  ['without a flag', inbound({}, 'RestrictDomainsToIPAddresses'), 'not-assessed'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect(fails[0]?.params.kind ?? state).toBe(expected)
  for (const f of fails) expect(f).toMatchObject({ severity: 'medium', exposure: 'none' })
  const proofs = fails[0]?.evidence
    .map((e) => e.property.slice(0, 8))
    .filter((name) => /^(Restrict|SenderDo)/.test(name))
  if (proofs)
    expect(proofs).toEqual(
      { restriction: ['Restrict'], senders: ['SenderDo'], both: ['Restrict', 'SenderDo'] }[expected],
    )
})

it.each([
  [byCertificate, ['-RestrictDomainsToCertificate $false'], ['IPAddresses', 'SenderDomains']],
  [one, ["-SenderDomains '*'"], ['Restrict']],
])('changes only what restricts: %j', (own, has, hasNot) => {
  const context = contextOf(inbound(own))
  const [first] = [...rule.check(context)]
  const command = (first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : '')?.split('\n')[1]
  for (const text of has) expect(command).toContain(text)
  for (const text of hasNot) expect(command).not.toContain(text)
})
