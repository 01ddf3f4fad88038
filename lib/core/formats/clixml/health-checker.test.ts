import { describe, expect, it } from 'vitest'
import { runAudit } from '../../audit'
import { defaultLimits } from '../../limits'
import type { Diagnostic, RawBlock } from '../../model'
import { readAll } from '../../read-all'
import { nothingSaid } from '../../reading'
import { makeCertificate } from '../../testing/make-certificate'
import { format } from './format'

type Tree =
  | string
  | boolean
  | number
  | null
  | { readonly type?: string; readonly own?: string; readonly is: readonly Tree[] | { readonly [name: string]: Tree } }
  | { readonly bytes: Uint8Array }
  | { readonly date: string }

/** Prints a tree as Export-Clixml does where scripts put objects together: properties of a PSCustomObject stand in MS. */
function print(root: Tree): string {
  let reference = 0
  const print1 = (v: Tree, n: string, pad: string): string => {
    const name = n === '' ? '' : ` N="${n}"`
    if (v === null) return `${pad}<Nil${name} />`
    if (typeof v === 'boolean') return `${pad}<B${name}>${v}</B>`
    if (typeof v === 'number') return `${pad}<I32${name}>${v}</I32>`
    if (typeof v === 'string') return `${pad}<S${name}>${v}</S>`
    if ('bytes' in v) return `${pad}<BA${name}>${Buffer.from(v.bytes).toString('base64')}</BA>`
    if ('date' in v) return `${pad}<DT${name}>${v.date}</DT>`
    const id = reference++
    const type = v.type ?? (Array.isArray(v.is) ? 'System.Object[]' : 'System.Management.Automation.PSCustomObject')
    const isList = Array.isArray(v.is)
    const entries: [string, Tree][] = isList ? Object.values(v.is).map((x) => ['', x]) : Object.entries(v.is)
    const tag = isList ? 'LST' : v.type === undefined ? 'MS' : 'Props'
    return [
      `${pad}<Obj${name} RefId="${id}">`,
      `${pad}  <TN RefId="${id}"><T>${type}</T><T>System.Object</T></TN>`,
      ...(v.own === undefined ? [] : [`${pad}  <ToString>${v.own}</ToString>`]),
      `${pad}  <${tag}>`,
      ...entries.map(([k, x]) => print1(x, k, `${pad}    `)),
      `${pad}  </${tag}>`,
      `${pad}</Obj>`,
    ].join('\n')
  }
  return `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${print1(root, '', '  ')}\n</Objs>\n`
}

const CONFIG = 'Microsoft.Exchange.Data.Directory.SystemConfiguration'
const list = (...items: Tree[]): Tree => ({ type: 'Microsoft.Exchange.Data.MultiValuedProperty', is: items })
const receive = (name: string): Tree => ({
  type: `${CONFIG}.ReceiveConnector`,
  own: `EX01\\${name}`,
  is: {
    Name: name,
    Identity: `EX01\\${name}`,
    Bindings: list('0.0.0.0:25'),
    RemoteIPRanges: list('10.0.0.1'),
    Enabled: true,
    Guid: 'a',
    IsValid: true,
  },
})
const thumbprint = '00112233445566778899AABBCCDDEEFF00112233'
const customSend: Tree = {
  is: {
    Identity: 'Outbound to Office 365',
    Name: 'Outbound to Office 365',
    Fqdn: null,
    Enabled: true,
    CloudEnabled: true,
    ConnectorType: 'Send',
    TransportRole: 'HubTransport',
    SmartHosts: list(),
    AddressSpaces: list('smtp:contoso.mail.onmicrosoft.com;1'),
    RequireTls: true,
    TlsAuthLevel: 'DomainValidation',
    TlsDomain: 'mail.protection.outlook.com',
    CertificateDetails: {
      is: { CertificateMatchDetected: true, GoodTlsCertificateSyntax: true, TlsCertificateName: 'x' },
    },
  },
}
const customReceive: Tree = {
  is: {
    Identity: 'EX01\\Default Frontend EX01',
    Name: 'Default Frontend EX01',
    Fqdn: 'ex01.contoso.com',
    Enabled: true,
    CloudEnabled: false,
    ConnectorType: 'Receive',
    TransportRole: 'FrontendTransport',
    SmartHosts: null,
    AddressSpaces: null,
    RequireTls: false,
    TlsAuthLevel: null,
    TlsDomain: null,
    CertificateDetails: null,
  },
}
const customCertificate = (services: string | null): Tree => ({
  is: {
    Issuer: 'CN=Example CA',
    Subject: 'CN=mail.contoso.com',
    FriendlyName: 'web',
    Thumbprint: thumbprint,
    PublicKeySize: 2048,
    Namespaces: list('mail.contoso.com', 'autodiscover.contoso.com'),
    Services: services,
    Status: services === null ? null : 'Valid',
    LifetimeInDays: 200,
    IsInternalTransportCertificate: false,
  },
})
const server = (more: { readonly [name: string]: Tree } = {}): { readonly [name: string]: Tree } => ({
  GenerationTime: { date: '2026-11-20T10:30:00.1234567+01:00' },
  HealthCheckerVersion: '26.01.02.0304',
  ServerName: 'EX01',
  OrganizationInformation: {
    is: {
      GetSendConnector: {
        is: [
          {
            type: `${CONFIG}.SmtpSendConnectorConfig`,
            own: 'Internet',
            is: {
              Name: 'Internet',
              Identity: 'Internet',
              AddressSpaces: list('SMTP:*;1'),
              Enabled: true,
              Guid: 'b',
              IsValid: true,
            },
          },
        ],
      },
      GetHybridConfiguration: null,
      AcceptedDomain: {
        is: {
          WildCardAcceptedDomain: {
            is: [
              {
                type: `${CONFIG}.AcceptedDomain`,
                own: '*',
                is: { DomainName: '*', DomainType: 'Authoritative', Name: 'all', IsValid: true, Guid: 'c' },
              },
            ],
          },
        },
      },
    },
  },
  ExchangeInformation: {
    is: {
      GetReceiveConnector: { is: [receive('Default Frontend EX01'), receive('Relay')] },
      ExchangeCertificateInformation: {
        is: { InternalCertificateThumbprint: thumbprint, CustomCertificates: { is: [customCertificate('IIS, SMTP')] } },
      },
      ExchangeCustomConnector: { is: [customSend, customReceive] },
    },
  },
  ...more,
})
const current = print({
  is: {
    HealthCheckerExchangeServer: { is: server() },
    HtmlServerValues: null,
    DisplayResults: { is: { a: 'b', c: 'd', e: 'f' } },
  },
})

function read(text: string): { blocks: readonly RawBlock[]; notices: Diagnostic[] } {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x.xml', text }, (d) => notices.push(d)), notices }
}
const namesOf = (b: RawBlock | undefined) => b?.objects[0]?.properties.map((p) => p.name)

describe('the export of HealthChecker', () => {
  it.each([
    ['as it is now', current],
    ['of older releases, the server on top', print({ is: server() })],
  ])('%s: finds the objects wherever they stand, their server and their time', (_, text) => {
    const { blocks, notices } = read(text)
    expect(blocks.map((b) => [b.collection, b.objects.length, b.completeness, b.server])).toEqual([
      ['sendConnectors', 1, 'full', null],
      ['acceptedDomains', 1, 'full', null],
      ['receiveConnectors', 2, 'full', 'EX01'],
      ['certificates', 1, 'projection', 'EX01'],
      ['sendConnectors', 1, 'projection', null],
      ['receiveConnectors', 1, 'projection', 'EX01'],
    ])
    expect(new Set(blocks.map((b) => b.takenAt))).toEqual(new Set(['2026-11-20T09:30:00Z']))
    expect(notices).toEqual([])
  })

  it('holds some accepted domains, never all of them', () =>
    expect(read(current).blocks.find((b) => b.collection === 'acceptedDomains')?.listing).toBe('named'))

  it('has names of its own for properties of send connectors', () => {
    const send = read(current).blocks.filter((b) => b.collection === 'sendConnectors')[1]
    expect(namesOf(send)).toEqual([
      'Identity',
      'Name',
      'Fqdn',
      'Enabled',
      'CloudServicesMailEnabled',
      'SmartHosts',
      'AddressSpaces',
      'RequireTLS',
      'TlsAuthLevel',
      'TlsDomain',
    ])
  })

  it('says of receive connectors what it knows, not what its objects begin with', () => {
    const connectors = read(current).blocks.filter((b) => b.collection === 'receiveConnectors')[1]
    expect(namesOf(connectors)).toEqual(['Identity', 'Name', 'Fqdn', 'Enabled', 'TransportRole'])
  })

  it('does not make "no services" of services that it did not get', () => {
    const text = print({
      is: server({ ExchangeInformation: { is: { CustomCertificates: { is: [customCertificate(null)] } } } }),
    })
    const { blocks, notices } = read(text)
    const certificate = blocks.find((b) => b.collection === 'certificates')
    expect(namesOf(certificate)).toEqual([
      'Issuer',
      'Subject',
      'FriendlyName',
      'Thumbprint',
      'PublicKeySize',
      'CertificateDomains',
    ])
    expect(notices.map((n) => n.code)).toEqual([])
  })

  it('keeps the lines of objects inside others', () => {
    const relay = read(current).blocks.find((b) => b.collection === 'receiveConnectors')?.objects[1]
    const lines = current.split('\n')
    const [from = 0, to = 0] = relay?.lines ?? []
    expect(lines.slice(from - 1, to).join('\n')).toMatch(/^\s+<Obj[\s\S]*EX01\\Relay[\s\S]*<\/Obj>$/)
  })

  it('finds certificates by their bytes, and by their text', () => {
    const bytes = makeCertificate({ subject: [['2.5.4.3', 'mail.contoso.com']] })
    const type = 'System.Security.Cryptography.X509Certificates.X509Certificate2'
    const text = print({
      is: server({
        ExchangeInformation: { is: { Certificates: { is: [{ type, own: '[Subject]', is: { RawData: { bytes } } }] } } },
      }),
    })
    expect(read(text).blocks.find((b) => b.collection === 'certificates')?.objects[0]?.properties[1]?.text).toBe(
      'CN=mail.contoso.com',
    )
  })

  it('makes one audit with the day of the export, and no contradictions', () => {
    const file = { name: 'HealthChecker-EX01-20261120093000.xml', bytes: new TextEncoder().encode(current) }
    const { report } = runAudit([file], { now: new Date('2027-01-01T00:00:00Z') })
    expect([report.asOf.slice(0, 10), report.sources[0]?.status]).toEqual(['2026-11-20', 'parsed'])
    expect(report.sources[0]?.notices.map((n) => n.code)).not.toContain('contradiction')
    const { config } = readAll([file], defaultLimits, nothingSaid, () => undefined)
    expect(config.receiveConnectors.map((c) => c.id)).toEqual(['EX01\\Default Frontend EX01', 'EX01\\Relay'])
    expect(config.certificates.map((c) => [c.server, c.services.state])).toEqual([['EX01', 'ok']])
    expect(config.sendConnectors.map((c) => [c.name, c.cloudServicesMailEnabled.state])).toEqual([
      ['Internet', 'missing'],
      ['Outbound to Office 365', 'ok'],
    ])
  })
})
