import { expect, it } from 'vitest'
import { acceptedDomain, block, configOf } from '../testing/objects'
import { mxLeadsTo } from './mx'

const config = configOf({
  acceptedDomains: ['contoso.com', 'fabrikam.com', 'contoso.onmicrosoft.com'].map((d) =>
    acceptedDomain(d, 'exchange-online'),
  ),
  exports: [block('acceptedDomains', { side: 'exchange-online' })],
})

it.each([
  [{}, 'unknown'],
  [{ mx: 'exchange-online' }, 'yes'],
  [{ mx: 'gateway' }, 'no'],
  [{ mx: 'gateway', 'mx:fabrikam.com': 'exchange-online' }, 'yes'],
  [{ 'mx:contoso.com': 'gateway' }, 'unknown'],
  [{ 'mx:contoso.com': 'gateway', 'mx:fabrikam.com': 'on-premises' }, 'no'],
] as const)('where the MX leads: %j', (answers, value) => {
  expect(mxLeadsTo(config, answers, 'exchange-online')).toBe(value)
})

it('is unknown without accepted domains', () =>
  expect(mxLeadsTo(configOf({}), { 'mx:contoso.com': 'gateway' }, 'exchange-online')).toBe('unknown'))
