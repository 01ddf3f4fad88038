import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sidOf } from './accounts'
import { dateOrder, orderByLifetimes, readDate } from './dates'
import { slotOf } from './kinds'
import { splitCapabilities, splitList } from './lists'
import { plainSession } from './sessions'
import { parseAddressSpace, parseBinding, parseCapability, parseCertificateName } from './transport-values'
import { readDuration, readSize, readSlot, readValue } from './values'

const read = (
  name: string,
  text: string | null,
  extra: object = {},
  collection:
    | 'receiveConnectors'
    | 'sendConnectors'
    | 'certificates'
    | 'servers'
    | 'acceptedDomains' = 'receiveConnectors',
) => readValue({ name, text, lines: [1, 1], ...extra }, { collection, session: plainSession('unknown') })

describe('readValue', () => {
  it.each([
    ['Enabled', 'True', { state: 'ok', value: true }],
    ['enabled', 'false', { state: 'ok', value: false }],
    ['Enabled', 'Wahr', { state: 'ambiguous', notice: 'unknown-value' }],
    ['Banner', '', { state: 'empty', value: '' }],
    ['Banner', null, { state: 'null' }],
    ['Bindings', '{}', { state: 'empty', value: [] }],
    ['Bindings', '{[::]:25, 0.0.0.0:25}', { state: 'ok', value: ['[::]:25', '0.0.0.0:25'] }],
    [
      'Bindings',
      'Microsoft.Exchange.Data.MultiValuedProperty`1[Microsoft.Exchange.Data.IPBinding]',
      { state: 'unusable', notice: 'value-unusable' },
    ],
    ['PermissionGroups', 'None', { state: 'ok', value: [] }],
    ['PermissionGroups', 'anonymous, Partner', { state: 'ok', value: ['AnonymousUsers', 'Partners'] }],
    ['PermissionGroups', '13', { state: 'ok', value: ['AnonymousUsers', 'ExchangeServers', 'ExchangeLegacyServers'] }],
    [
      'AuthMechanism',
      '31',
      { state: 'ok', value: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'] },
    ],
    ['AuthMechanism', 'Tls, ExternalAuth oritative', { state: 'ambiguous', notice: 'unknown-value' }],
    ['AuthMechanism', '65', { state: 'ambiguous', notice: 'unknown-value' }],
    ['AuthMechanism', 'Tls, Integr...', { state: 'truncated', value: ['Tls'], notice: 'list-truncated' }],
    [
      'PermissionGroups',
      'AnonymousUsers, …',
      { state: 'truncated', value: ['AnonymousUsers'], notice: 'list-truncated' },
    ],
    ['TransportRole', '16384', { state: 'ok', value: 'FrontendTransport' }],
    ['TransportRole', 'frontendtransport', { state: 'ok', value: 'FrontendTransport' }],
    ['SizeEnabled', '9', { state: 'ambiguous', notice: 'unknown-value' }],
    ['MaxMessageSize', '36 MB (37,748,736 bytes)', { state: 'ok', value: 37748736 }],
    ['TarpitInterval', '00:00:05', { state: 'ok', value: 5 }],
    ['MaxInboundConnection', 'Unlimited', { state: 'ok', value: 'unlimited' }],
    ['MaxInboundConnection', '5.000', { state: 'ok', value: 5000 }],
    ['MaxInboundConnection', '5,00', { state: 'ambiguous', notice: 'unknown-value' }],
    [
      'TlsDomainCapabilities',
      '{a.example:513}',
      { state: 'ok', value: ['a.example:AcceptOorgHeader,AcceptCloudServicesMail'] },
    ],
    ['TlsDomainCapabilities', '{a.example:0}', { state: 'ok', value: ['a.example:None'] }],
    [
      'TlsDomainCapabilities',
      '{a.example:65537}',
      { state: 'ok', value: ['a.example:65537'], notice: 'unknown-value' },
    ],
    ['Comment', '12', { state: 'ok', value: '12' }],
    ['Mystery', '12', { state: 'ok', value: 12 }],
    ['Mystery', 'True', { state: 'ok', value: true }],
    ['Mystery', '{a, b}', { state: 'ok', value: ['a', 'b'] }],
    ['Mystery', '0042', { state: 'ok', value: '0042' }],
    ['Mystery', '1.00:00:00', { state: 'ok', value: 86400 }],
    ['Mystery', 'System.String[]', { state: 'unusable' }],
  ])('%s : %s', (name, text, expected) => expect(read(name, text)).toEqual(expected))

  it('takes no value whose lines could be joined in two ways', () => {
    expect(read('Fqdn', 'mail.cont oso.com', { isDoubtful: true })).toEqual({ state: 'ambiguous' })
    expect(read('Bindings', '{0.0.0.0:25, [::]:25}', { isDoubtful: true })).toEqual({ state: 'ambiguous' })
    expect(read('Comment', 'for the printers', { isDoubtful: true })).toEqual({
      state: 'ok',
      value: 'for the printers',
    })
    expect(read('Fqdn', '', { isDoubtful: true })).toEqual({ state: 'empty', value: '' })
  })

  it('keeps the known part of a cut list', () => {
    expect(read('RemoteIPRanges', '{10.0.0.1, 10.0.0.2...}', { truncated: true })).toEqual({
      state: 'truncated',
      value: ['10.0.0.1', '10.0.0.2'],
    })
    expect(read('RemoteIPRanges', '{10.0.0.1, ...}', { truncated: true })).toEqual({
      state: 'truncated',
      value: ['10.0.0.1'],
    })
    expect(read('RemoteIPRanges', '{10.0.0.1, 10.0.', { truncated: true })).toEqual({
      state: 'truncated',
      value: ['10.0.0.1'],
    })
  })

  it.each([
    ['Fqdn', 'mail.cont...', { state: 'truncated', value: 'mail.cont' }],
    ['Mystery', 'some te…', { state: 'truncated', value: 'some te' }],
    ['Enabled', 'Tru...', { state: 'unusable' }],
    ['TransportRole', 'Fronte...', { state: 'unusable' }],
    ['MaxMessageSize', '36 MB (37,7...', { state: 'unusable' }],
    ['WhenChanged', '25.04.2...', { state: 'unusable' }],
    ['Bindings', '', { state: 'unusable' }],
    ['AuthMechanism', 'Tls, Integr', { state: 'truncated', value: ['Tls'] }],
  ])('%s : %s, cut, is no value', (name, text, expected) =>
    expect(read(name, text, { truncated: true })).toEqual(expected))

  it.each([
    ['IP.WS..', ['IMAP', 'POP', 'IIS', 'SMTP']],
    ['...WS..', ['IIS', 'SMTP']],
    ['.......', []],
    ['IPUWSFC', ['IMAP', 'POP', 'UM', 'IIS', 'SMTP', 'Federation', 'UMCallRouter']],
    ['IIS, SMTP', ['IIS', 'SMTP']],
    ['24', ['IIS', 'SMTP']],
  ])('Services %s', (text, services) => expect(read('Services', text, {}, 'certificates').value).toEqual(services))

  it('does not read the send connector’s authentication with the bits of the receive connector', () => {
    expect(read('SmartHostAuthMechanism', '2', {}, 'sendConnectors')).toEqual({ state: 'ok', value: 'BasicAuth' })
    expect(read('AuthMechanism', '2')).toEqual({ state: 'ok', value: ['Integrated'] })
  })

  it('reads versions, roles and domain types', () => {
    expect(read('AdminDisplayVersion', 'Version 15.2 (Build 30986.5)', {}, 'servers').value).toBe('15.2.986.5')
    expect(read('ServerRole', 'Mailbox, ClientAccess', {}, 'servers').value).toEqual(['Mailbox', 'ClientAccess'])
    expect(read('ServerRole', '16439', {}, 'servers').value).toEqual([
      'Cafe',
      'Mailbox',
      'ClientAccess',
      'UnifiedMessaging',
      'HubTransport',
      'FrontendTransport',
    ])
    expect(read('Edition', '3', {}, 'servers').value).toBe('Enterprise')
    expect(read('ObjectState', '1').value).toBe('Unchanged')
    expect(read('ErrorPolicies', '0', {}, 'sendConnectors').value).toBe('Default')
    expect(read('ErrorPolicies', '2', {}, 'sendConnectors').state).toBe('ambiguous')
    expect(read('DomainType', '2', {}, 'acceptedDomains').value).toBe('InternalRelay')
    expect(read('Services', '25', {}, 'certificates').value).toEqual(['IMAP', 'IIS', 'SMTP'])
  })

  it('does not take a value that is longer than any', () => {
    expect(read('Bindings', `{${'a, '.repeat(2_000_000)}}`)).toEqual({ state: 'unusable', notice: 'value-unusable' })
  })

  it('reads a value that it has read before as it did the first time, and no other for it', () => {
    const context = { collection: 'receiveConnectors', session: plainSession('unknown') } as const
    const property = fc.record(
      {
        name: fc.constantFrom('Enabled', 'Bindings', 'AuthMechanism', 'SizeEnabled', 'WhenChanged', 'Fqdn', 'x'),
        text: fc.constantFrom('True', 'Tls', '{a, b}', '1', '9', '', '1/2/2026', null),
        lines: fc.constant([1, 1] as const),
        truncated: fc.boolean(),
        unusable: fc.boolean(),
        items: fc.constantFrom<readonly string[]>([], ['Tls'], ['a', 'b']),
      },
      { requiredKeys: ['name', 'text', 'lines'] },
    )
    fc.assert(
      fc.property(fc.array(property), (all) => {
        for (const p of all) {
          const slot = slotOf('receiveConnectors', p.name)
          expect(readSlot(p, slot, context)).toEqual(readValue(p, context))
        }
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'Bindings',
          'Enabled',
          'MaxMessageSize',
          'WhenChanged',
          'TlsDomainCapabilities',
          'PermissionGroups',
          'x',
        ),
        fc.string(),
        (name, text) => read(name, text) !== undefined,
      ),
    )
  })
})

it.each([
  ['35 MB (36,700,160 bytes)', 36700160],
  ['35 MB (36.700.160 Bytes)', 36700160],
  ['35 Mo (36\u202f700\u202f160 octets)', 36700160],
  ['36.700.160 Bytes', 36700160],
  ['37748736', 37748736],
  ['10MB', 10485760],
  ['unlimited', 'unlimited'],
  ['35 MB (36\u2019700\u2019160 bytes)', 36700160],
  ['35 MB (36\u00a0700\u00a0160 bytes)', 36700160],
  ['1,5 GB (1.610.612.736 Bytes)', 1610612736],
  ['Unbegrenzt', undefined],
  ['36.700', undefined],
])('size %s', (text, bytes) => expect(readSize(text).value).toBe(bytes))

it.each([
  ['00:10:00', 600],
  ['7.00:00:00', 604800],
  ['00:00:00.3000000', 0.3],
  ['PT10M', 600],
  ['P1DT2H', 93600],
  ['soon', undefined],
])('duration %s', (text, seconds) => expect(readDuration(text).value).toBe(seconds))

describe('dates', () => {
  it.each([
    ['2026-04-25T14:41:09+02:00', '2026-04-25T12:41:09Z'],
    ['2026-04-25T14:41:09.1234567Z', '2026-04-25T14:41:09Z'],
    ['2026-04-25T14:41:09', '2026-04-25T14:41:09'],
    ['25.04.2026 14:41:09', '2026-04-25T14:41:09'],
    ['02.02.2028 4:22:23', '2028-02-02T04:22:23'],
    ['9/13/2017 5:26:01 PM', '2017-09-13T17:26:01'],
    ['13/09/2017 12:26:01 AM', '2017-09-13T00:26:01'],
    ['2019/11/4 13:31:03', '2019-11-04T13:31:03'],
    ['05/05/2026 17:15:48 Coordinated Universal Time', '2026-05-05T17:15:48Z'],
    ['05/04/2026 17:15:48', undefined],
    ['31.02.2026', undefined],
    ['tomorrow', undefined],
  ])('%s', (text, iso) => {
    const d = readDate(text, 'unknown')
    expect(d.state === 'ok' ? d.iso : undefined).toBe(iso)
  })

  it('takes the order from other dates of the source; AM and PM prove none', () => {
    expect(dateOrder(['1/2/2026 1:00:00 PM', '1/13/2026'])).toBe('month-first')
    expect(dateOrder(['13/2/2026'])).toBe('day-first')
    expect(dateOrder(['1/2/2026 1:00:00 PM', '25.04.2026'])).toBe('unknown')
    expect(readDate('2026-04-25T14:41:09+97:30', 'unknown')).toEqual({ state: 'not-a-date' })
    expect(readDate('12/02/2018 1:53:00 PM', 'day-first')).toEqual({ state: 'ok', iso: '2018-02-12T13:53:00' })
    expect(readDate('12/02/2018 1:53:00 PM', 'unknown')).toEqual({
      state: 'ambiguous',
      first: '2018-02-12T13:53:00',
      second: '2018-12-02T13:53:00',
    })
  })
})

it('takes the order from the usual lifetimes of certificates', () => {
  expect(orderByLifetimes([['05/01/2026 10:00:00', '07/02/2027 10:00:00']])).toBe('day-first')
  expect(orderByLifetimes([['01/02/2026 10:00:00', '03/07/2027 10:00:00']])).toBe('unknown')
  expect(orderByLifetimes([['02/03/2026 10:00:00', '05/04/2026 10:00:00']])).toBe('month-first')
  expect(orderByLifetimes([['01/02/2026', '01/02/2027']])).toBe('unknown')
})

describe('lists and transport values', () => {
  it('splits at commas with a blank', () => {
    expect(splitList('{a, b,c, d}')).toEqual(['a', 'b,c', 'd'])
    expect(splitList('{}')).toEqual([])
  })

  it('keeps capabilities and pinned names with their entry', () => {
    const list = splitList(
      '{mail.protection.outlook.com:AcceptCloudServicesMail, <I>CN=CA, O=X<S>CN=y, O=Z:AcceptOorgProtocol, d.example:AcceptOorgProtocol, AcceptOorgHeader}',
    )
    expect(splitCapabilities(list)).toEqual([
      'mail.protection.outlook.com:AcceptCloudServicesMail',
      '<I>CN=CA, O=X<S>CN=y, O=Z:AcceptOorgProtocol',
      'd.example:AcceptOorgProtocol,AcceptOorgHeader',
    ])
    expect(parseCapability('d.example:513')).toMatchObject({
      capabilities: ['AcceptOorgHeader', 'AcceptCloudServicesMail'],
      unknownBits: 0,
    })
    expect(parseCapability('d.example:65536')).toMatchObject({ capabilities: [], unknownBits: 65536 })
    expect(parseCapability('<I>CN=a<S>CN=b:AcceptCloudServicesMail')).toMatchObject({
      pinned: true,
      domain: '<I>CN=a<S>CN=b',
    })
  })

  it.each([
    ['0.0.0.0:25', 4, null, 25],
    ['[::]:25', 6, null, 25],
    [':::25', 6, null, 25],
    ['10.0.0.5:587', 4, 0x0a000005n, 587],
  ])('binding %s', (text, family, address, port) => expect(parseBinding(text)).toEqual({ family, address, port, text }))

  it.each(['', '25', '0.0.0.0', '0.0.0.0:99999', 'x:25'])('no binding %j', (text) =>
    expect(parseBinding(text)).toBeUndefined())

  it.each([
    ['SMTP:*;1', { type: 'SMTP', domain: '*', includeSubDomains: true, cost: 1 }],
    ['smtp:*.Contoso.com;5', { type: 'SMTP', domain: '*.contoso.com', includeSubDomains: true, cost: 5 }],
    ['contoso.com', { type: 'SMTP', domain: 'contoso.com', includeSubDomains: false, cost: 1 }],
    ['X400:c=us;a= ;p=x;3', { type: 'X400', domain: 'c=us;a= ;p=x', cost: 3 }],
    ['smtp:--;100', { domain: '--', cost: 100 }],
  ])('address space %s', (text, expected) => expect(parseAddressSpace(text)).toMatchObject({ ...expected, text }))

  it.each([
    ['<I>CN=a, O=b<S>CN=c', { syntax: 'standard', issuer: 'CN=a, O=b', subject: 'CN=c' }],
    ['<i>CN=a<s>CN=c', { syntax: 'standard', issuer: 'CN=a', subject: 'CN=c' }],
    ['<S>CN=c', { syntax: 'subject-only', subject: 'CN=c' }],
    ['CN=c, O=d', { syntax: 'subject-only', subject: 'CN=c, O=d' }],
    ['0123456789ABCDEF0123456789abcdef01234567', { syntax: 'thumbprint' }],
    ['mail.contoso.com', { syntax: 'other' }],
  ])('certificate name %s', (text, expected) => expect(parseCertificateName(text)).toMatchObject(expected))
})

it.each([
  ['NT AUTHORITY\\ANONYMOUS LOGON', 'S-1-5-7'],
  ['NT-AUTORITÄT\\ANONYMOUS-ANMELDUNG', 'S-1-5-7'],
  ['NT-AUTORIT?T\\ANONYMOUS-ANMELDUNG', 'S-1-5-7'],
  ['AUTORITE NT\\ANONYMOUS LOGON', 'S-1-5-7'],
  ['s-1-5-7', 'S-1-5-7'],
  ['NT-AUTORITÄT\\Authentifizierte Benutzer', 'S-1-5-11'],
  ['AUTORITE NT\\Utilisateurs authentifiés', 'S-1-5-11'],
  ['AUTORITE NT\\Utilisateurs authentifi?s', 'S-1-5-11'],
  ['AUTORITÃ‰ NT\\Utilisateurs authentifiÃ©s', 'S-1-5-11'],
  ['AUTORITE NT\\Utilisateurs authentifie\u0301s', 'S-1-5-11'],
  ['NT\u00a0AUTHORITY\\ANONYMOUS\u00a0LOGON', 'S-1-5-7'],
  ['NTCORP\\Authenticated Users', null],
  ['\\Everyone', 'S-1-1-0'],
  ['Tout le monde', 'S-1-1-0'],
  ['CONTOSO\\Exchange Servers', null],
  ['Jeder', 'S-1-1-0'],
  ['MS Exchange\\Externally Secured Servers', 'S-1-9-1419165041-1139599005-3936102811-1022490595-23'],
  ['CONTOSO\\anonymous logon', null],
  ['CONTOSO\\svc-scan', null],
  ['__proto__', null],
])('account %s', (account, sid) => expect(sidOf(account)).toBe(sid))
