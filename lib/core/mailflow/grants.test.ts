import { describe, expect, it } from 'vitest'
import { accessRow, block, configOf, type RowSpec, receiveConnector } from '../testing/objects'
import { EVERYONE } from './access-list'
import { grantTo, presetGives } from './rights'

const c = receiveConnector({ name: 'Relay' })
const RELAY = 'ms-exch-smtp-accept-any-recipient'
const other: RowSpec = { sid: 'S-1-5-21-1-2-3-4', user: 'CONTOSO\\svc', rights: ['ms-exch-smtp-submit'] }
const everyone: RowSpec = { sid: EVERYONE, user: 'Everyone' }
const answer = (rows: readonly RowSpec[], listing: 'all' | 'named' = 'all') =>
  grantTo(
    configOf({
      receiveConnectors: [c],
      adPermissions: rows.map((r) => accessRow(c, r)),
      exports: [block('adPermissions', { listing })],
    }),
    c,
    [EVERYONE],
    'anyRecipient',
  )

describe('grantTo', () => {
  it.each([
    ['an Allow', [everyone], 'yes', 1],
    ['only others', [other], 'no', 0],
    ['another right', [{ ...everyone, rights: ['ms-exch-smtp-submit'] }], 'no', 0],
    ['an Allow and a Deny', [everyone, { ...everyone, deny: true }], 'no', 0],
    ['a Deny of somebody else', [everyone, { ...other, rights: [RELAY], deny: true }], 'yes', 1],
    ['a name that may be Everyone', [{ sid: null, user: 'Alle' }], 'unknown', 0],
    ['a name of a domain', [{ sid: null, user: 'CONTOSO\\Alle' }], 'no', 0],
    ['no list', [], 'unknown', 0],
  ] as const)('%s: %s', (_, rows, value, count) => {
    const found = answer(rows)
    expect([found.value, found.rows.length]).toEqual([value, count])
  })

  it('takes rows of a named account for a proof, never for its absence', () => {
    expect(answer([everyone], 'named').value).toBe('yes')
    expect(answer([other], 'named').value).toBe('unknown')
  })
})

describe('presetGives', () => {
  const EXCHANGE = 'S-1-9-1419165041-1139599005-3936102811-1022490595-'
  it.each([
    ['organizationHeaders', { sid: `${EXCHANGE}21` }, 'yes'],
    ['forestHeaders', { sid: null, user: 'CONTOSO\\Exchange Servers' }, 'yes'],
    ['organizationHeaders', { sid: `${EXCHANGE}23` }, 'no'],
    ['authenticationFlag', { sid: `${EXCHANGE}23` }, 'yes'],
    ['authenticationFlag', { sid: null, user: 'CONTOSO\\ExchangeLegacyInterop' }, 'yes'],
    ['organizationHeaders', { sid: null, user: 'CONTOSO\\ExchangeLegacyInterop' }, 'no'],
    ['authenticationFlag', { sid: `${EXCHANGE}24` }, 'yes'],
    ['forestHeaders', { sid: `${EXCHANGE}24` }, 'no'],
    ['organizationHeaders', {}, 'no'],
    ['organizationHeaders', { sid: EVERYONE, user: 'Everyone' }, 'no'],
    ['anyRecipient', { sid: 'S-1-5-11', user: 'NT AUTHORITY\\Authenticated Users' }, 'yes'],
    ['anySender', { sid: 'S-1-5-11', user: 'NT AUTHORITY\\Authenticated Users' }, 'no'],
    ['organizationHeaders', { sid: 'S-1-5-21-1-2-3-1119', user: 'S-1-5-21-1-2-3-1119' }, 'unknown'],
    ['organizationHeaders', { sid: 'S-1-5-21-1-2-3-1119', user: 'CONTOSO\\svc' }, 'no'],
  ] as const)('%s for %j: %s', (right, spec, expected) => {
    expect(presetGives(accessRow(c, spec), right)).toBe(expected)
  })
})
