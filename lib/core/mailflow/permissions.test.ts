import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { receiveConnector as receiveConnectorText, receiveExport, shown } from '../testing/exports-text'
import { accessRow, block, configOf, prop, receiveConnector } from '../testing/objects'
import { anonRelay, anonSubmit, externallySecured } from './permissions'

const relay = receiveConnector({ name: 'Relay', groups: ['AnonymousUsers', 'Custom'] })
const preset = accessRow(relay, { rights: ['ms-exch-smtp-submit'] })
const withRows = (...rows: Parameters<typeof accessRow>[1][]) =>
  configOf({ receiveConnectors: [relay], adPermissions: [preset, ...rows.map((r) => accessRow(relay, r))] })

describe('anonRelay', () => {
  it.each([
    ['the right for ANONYMOUS LOGON', [{}], 'yes'],
    ['the right in other capitals', [{ rights: ['Ms-Exch-SMTP-Accept-Any-Recipient'] }], 'yes'],
    ['the right for Everyone', [{ sid: 'S-1-1-0' }], 'yes'],
    ['an inherited right', [{ inherited: true }], 'yes'],
    ['no such row', [], 'no'],
    ['the right for somebody else', [{ sid: 'S-1-5-11' }, { sid: null, user: 'CONTOSO\\svc-relay' }], 'no'],
    ['only a Deny', [{ deny: true }], 'no'],
    ['an explicit Deny beside it', [{}, { deny: true }], 'no'],
    ['an inherited Deny under an explicit Allow', [{}, { deny: true, inherited: true }], 'yes'],
    ['an inherited Allow under an explicit Deny', [{ inherited: true }, { deny: true }], 'no'],
    ['Deny not printed', [{ deny: null }], 'unknown'],
    ['rights not printed', [{ rights: null }], 'unknown'],
    ['Deny known, inheritance not, and no Deny row', [{ inherited: null }], 'yes'],
  ] as const)('%s: %s', (_, rows, expected) => {
    expect(anonRelay(withRows(...rows), relay)).toBe(expected)
  })

  it.each([
    ['full control', 'GenericAll', null, 'unknown'],
    ['every control right', 'ExtendedRight', [], 'unknown'],
    ['a named right', 'ExtendedRight', ['ms-exch-smtp-submit'], 'no'],
    ['reading', 'ReadProperty', [], 'no'],
  ] as const)('does not pass over %s for everybody', (_, access, rights, expected) => {
    const row = accessRow(relay, { rights: rights ?? [] })
    const rows = [{ ...row, properties: { AccessRights: prop('AccessRights', [access]) } }]
    expect(anonRelay(configOf({ receiveConnectors: [relay], adPermissions: rows }), relay)).toBe(expected)
  })

  it('needs anonymous submission', () => {
    const servers = receiveConnector({ name: 'Relay', groups: ['ExchangeServers'] })
    const config = configOf({ receiveConnectors: [servers], adPermissions: [accessRow(servers)] })
    expect(anonRelay(config, servers)).toBe('no')
  })

  it('is at best presumed without the access list', () => {
    const kinds = { unknown: ['AnonymousUsers', 'Custom'], 'presumed-no': ['AnonymousUsers'] } as const
    for (const [expected, groups] of Object.entries(kinds)) {
      const c = receiveConnector({ name: 'A', groups })
      expect(anonRelay(configOf({ receiveConnectors: [c] }), c)).toBe(expected)
    }
    const none = receiveConnector({ name: 'A', groups: ['ExchangeServers'] })
    expect(anonRelay(configOf({ receiveConnectors: [none] }), none)).toBe('presumed-no')
    const unseen = receiveConnector({ name: 'A', groups: null })
    expect(anonRelay(configOf({ receiveConnectors: [unseen] }), unseen)).toBe('unknown')
  })

  it('does not take the rows of a filtered command for the whole list', () => {
    const other = accessRow(relay, { sid: null, user: 'CONTOSO\\svc' })
    const filtered = (row: typeof other) =>
      configOf({
        receiveConnectors: [relay],
        adPermissions: [row],
        exports: [block('adPermissions', { listing: 'named' })],
      })
    expect(anonRelay(filtered(other), relay)).toBe('unknown')
    expect(anonRelay(filtered(accessRow(relay)), relay)).toBe('yes')
  })

  it('takes an empty list for an answer where the command names the connector', () => {
    const exports = [block('adPermissions', { listing: 'named', connectors: ['ex01\\RELAY'] })]
    expect(anonRelay(configOf({ receiveConnectors: [relay], exports }), relay)).toBe('no')
  })
})

it('does not take a list for whole in which no account was printed', () => {
  const rows = ['ms-exch-smtp-submit', 'ms-exch-smtp-accept-any-recipient'].map((right) => {
    const row = accessRow(relay, { sid: null, user: '', rights: [right] })
    return { ...row, properties: {} }
  })
  expect(anonRelay(configOf({ receiveConnectors: [relay], adPermissions: rows }), relay)).toBe('unknown')
})

describe('anonSubmit', () => {
  const submit = (groups: readonly string[] | null, rows: Parameters<typeof accessRow>[1][] = []) => {
    const c = receiveConnector({ name: 'A', groups })
    return anonSubmit(configOf({ receiveConnectors: [c], adPermissions: rows.map((r) => accessRow(c, r)) }), c)
  }

  it('is read from the groups, or from the list where that has rows of its own', () => {
    expect(submit(['AnonymousUsers'])).toBe('yes')
    expect(submit(['ExchangeServers'])).toBe('no')
    expect(submit(['ExchangeServers', 'Custom'])).toBe('unknown')
    expect(submit(['Custom'], [{ rights: ['ms-exch-smtp-submit'] }])).toBe('yes')
    expect(submit(['Custom'], [{ rights: ['ms-exch-smtp-accept-any-sender'] }])).toBe('no')
    expect(submit(null)).toBe('unknown')
  })
})

describe('externallySecured', () => {
  const of = (auth: readonly string[] | null, groups: readonly string[] | null) =>
    externallySecured(receiveConnector({ name: 'A', auth, groups }))

  it('needs both halves where both were printed', () => {
    expect(of(['Tls', 'ExternalAuthoritative'], ['ExchangeServers'])).toBe('yes')
    expect(of(['Tls', 'ExternalAuthoritative'], null)).toBe('yes')
    expect(of(['Tls', 'ExternalAuthoritative'], ['AnonymousUsers'])).toBe('no')
    expect(of(['Tls'], ['ExchangeServers'])).toBe('no')
    expect(of(null, ['ExchangeServers'])).toBe('unknown')
  })
})

it('does not take a list for whole in which the name of an account is cut', () => {
  const text = (user: string) =>
    receiveExport(receiveConnectorText({ PermissionGroups: 'AnonymousUsers, Custom' }, 'EX01', 'Relay')) +
    shown('Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission | Format-List', [
      { Identity: 'EX01\\Relay', User: user, Deny: 'False', ExtendedRights: '{ms-Exch-SMTP-Accept-Any-Recipient}' },
    ])
  const answer = (user: string) => {
    const config = configFrom(text(user))
    const [c] = config.receiveConnectors
    return c && anonRelay(config, c)
  }
  expect(['CONTOSO\\Apps', 'NT AUTHORITY\\A...', 'NT AUTHORITY\\A\u2026'].map(answer)).toEqual([
    'no',
    'unknown',
    'unknown',
  ])
})
