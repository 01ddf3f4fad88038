import { describe, expect, it } from 'vitest'
import { type AuditFile, runAudit } from '../index'
import { receiveConnector, shown } from '../testing/exports-text'
import { leaksIn } from '../testing/leaks'
import { makeZip } from '../testing/make-zip'
import { printClixml } from '../testing/print-clixml'
import { printCsv } from '../testing/print-csv'
import { printJson } from '../testing/print-json'
import { pseudonymsFor, redactExports, redactReport, redactTopology, restoreText } from './index'

const now = new Date('2026-11-21')
const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** What somebody may write into a value, and what of it must not be seen again in any spelling. */
const values: readonly (readonly [value: string, ...secrets: string[]])[] = [
  ['Z\u00f6rgiebel', 'giebel'],
  ['Zo\u0308rgiebel', 'giebel'],
  ['WEISSGERBER Wei\u00dfgerber', 'weissgerber'],
  ['\uff2b\uff4c\uff49nikum', 'klinikum'],
  ['\ufb01nanzwerk', 'nanzwerk'],
  ['Klini\u200bkum Klini\u00adkum \u212alinikum', 'klinikum', 'linikum'],
  ['Klinik.*+?^$ {}()|[]\\um', 'klinik'],
  ['mail.z\u00f6rgiebel.de xn--zrgiebel-n4a.de MAIL.XN--ZRGIEBEL-N4A.DE', 'giebel'],
  ['mail\u3002klinikum\u3002de *.klinikum.de --klinikum.de @klinikum.de _klinikum._tcp.klinikum.de', 'klinikum'],
  ['smtp:*.klinikum.de;1 SMTP:jane.doe+geheim@klinikum.de "jane doe"@klinikum.de', 'klinikum', 'jane', 'geheim'],
  ['j\u00fcrgen@klinikum.de prvs=123456789a=jane@klinikum.de', 'rgen', 'jane', '123456789'],
  [
    'X500:/o=Klinikum/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0123abcd-jane',
    'klinikum',
    'jane',
    '0123abcd',
  ],
  ['X400:c=DE;a= ;p=Klinikum;o=Exchange;s=Musterfrau;g=Jana;', 'klinikum', 'musterfrau', 'jana'],
  ['IMCEAEX-_O=KLINIKUM_OU=EXCHANGE+20ADMINISTRATIVE_CN=JDOEX@klinikum.de', 'klinikum', 'jdoex'],
  ['CN=Doerfler\\, Jane,OU=R\\+D Buxtehude,DC=klinikum,DC=local', 'doerfler', 'jane', 'buxtehude', 'klinikum'],
  ['cn=jane,ou=onkologie,dc=klinikum CN = Jane , OU = Onkologie', 'jane', 'onkologie', 'klinikum'],
  ['klinikum.local/Configuration/Sites/Hauptkampus', 'klinikum', 'hauptkampus'],
  ['OID.2.5.4.97=VATDE-123456789 2.5.4.97=VATDE-123456789', '123456789'],
  ['<I>CN=Klinikum CA, O="Klinikum, Buxtehude", C=DE<S>CN=*.klinikum.de', 'klinikum', 'buxtehude'],
  [
    'A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4 a1 b2 c3 d4 e5 f6 07 18 29 3a 4b 5c 6d 7e 8f 90 a1 b2 c3 d4',
    'a1b2c3d4',
    'a1 b2 c3',
  ],
  ['A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C A1B2C3D4 E5F60718 293A4B5C', 'a1:b2:c3', 'a1b2c3d4', '293a4b5c'],
  ['{7D3F8A52-1111-4222-8333-ABCDEF012345} 7d3f8a52111142228333abcdef012345', '7d3f8a52', 'abcdef012345'],
  [
    'S-1-5-21-1004336348-1177238915-682003330-1119 s-1-12-1-1943430372-1249052806-2496021943-3034400218',
    '1004336348',
    '682003330',
    '1943430372',
  ],
  ['91.12.34.56 [91.12.34.56]:25 091.012.034.056 91.12.34.56-70 91.12.34.56\u201391.12.34.70', '91.12.34', '012.034'],
  ['91.12.34.0/24 91.12.34.0(255.255.255.0) 91.12.34.0/255.255.255.0 91.12.34.* 91.12.34.x', '91.12.34'],
  [
    '91.12.34 91.12.34/24 ^91\\.12\\.34\\. net_91_12_34_56 net-91-12-34-56 ip91-12-34-56 net-91-12-34',
    '91.12',
    '91\\.12',
    '91_12',
    '91-12',
    '12-34',
  ],
  ['56.34.12.91.in-addr.arpa 34.12.91.in-addr.arpa', '34.12.91'],
  ['2a0a:1234:5678:9abc::25 [2A0A:1234:5678:9ABC::25]:25 2a0a:1234:5678::/48 2a0a:1234:5678', '1234:5678', '9abc'],
  ['5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.a.9.8.7.6.5.4.3.2.1.a.0.a.2.ip6.arpa', '4.3.2.1.a', '8.7.6.5'],
  ['::ffff:91.12.34.56 ::ffff:5b0c:2238 64:ff9b::91.12.34.56 2002:5b0c:2238::1', '5b0c:2238'],
  ['fe80::39bd:88f7:6969:d223%Klinik-LAN', 'klinik', '88f7:6969'],
  ['2a0a-1234-5678-9abc--25.ipv6-literal.net', '1234-5678'],
  ['\\\\klifile01\\geheim$\\Doerfler C:\\Users\\jdoex\\klinikum.txt', 'klifile01', 'geheim', 'doerfler', 'jdoex'],
  [
    'https://jane:geheim@owa.klinikum.de:8443/x?y=Klinikum https%3A%2F%2Fowa.klinikum.de%2Fjane',
    'jane',
    'geheim',
    'klinikum',
  ],
  ['Kl&#105;nikum Kl\\u0069nikum Kl_x0069_nikum', 'klinikum'],
  [base64('klinikum-buxtehude.de'), 'klinikum'],
  [`=?utf-8?B?${base64('Klinikum Ost')}?= =?iso-8859-1?Q?Z=F6rgiebel?=`, 'klinikum', 'giebel'],
  [
    'Received: from KLIEX.klinikum.local (91.12.34.56) by KLIEX2 with SMTP id <a1b2c3d4e5f6a7b8@KLIEX>; Sat',
    'klinikum',
    'kliex',
    '91.12.34',
  ],
  [
    'klinikum.onmicrosoft.com klinikum-de0i.mail.protection.outlook.com x.klinikum.mail.protection.outlook.com',
    'klinikum',
  ],
  ['klinikum.blob.core.windows.net klinikum.outlook.com klinikum.digicert.com klinikum-my.sharepoint.com', 'klinikum'],
  [
    'system.klinikum.de Microsoft.klinikum.de System.Klinikum.Doerfler[] Microsoft.Exchange.Klinikum',
    'klinikum',
    'doerfler',
  ],
  ['Get-Klinikum -Klinikum $klinikum.Buxtehude KLINIKUMOST KlinikumOstRelay klini...', 'klinik', 'buxtehude'],
  ['\u041a\u043b\u0438\u043d\u0438\u043a\u0430 \u6771\u4eac\u75c5\u9662', '\u043a\u043b\u0438\u043d', '\u6771\u4eac'],
]
/** Properties that are treated each in its own way, and some that nobody knows. */
const properties = [
  'Fqdn',
  'HeaderContainsWords',
  'WhenChanged',
  'User',
  'SerialNumber',
  'Site',
  'Description',
  'Nobody',
]
const secrets = [...new Set(values.flatMap(([, ...all]) => all)), 'kliserver', 'zwergschule']

const type = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector'
/** One connector for each value, which stands in every property. */
const connectors = values.map(([value], i) => ({
  ...receiveConnector(
    {},
    i % 2 === 0 ? 'KLISERVER' : 'KLISERVER1',
    `Zwergschule ${'\u00e4'.normalize(i % 2 ? 'NFC' : 'NFD')} ${i}`,
  ),
  ...Object.fromEntries(properties.map((property) => [property, value])),
}))
const escaped = (xml: string) =>
  xml.replace(/(?<=>)[^<>&\s]+(?=<)/g, (text) => [...text].map((c) => `&#x${c.codePointAt(0)?.toString(16)};`).join(''))
const inUnicode = (json: string) =>
  json.replace(/[^\0-\x7f]|(?<=[a-z])n/g, (c) =>
    [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  )
const utf16 = (text: string, isBig: boolean) =>
  Uint8Array.from(
    [0xfeff, ...[...Array(text.length).keys()].map((i) => text.charCodeAt(i))].flatMap((n) =>
      isBig ? [n >> 8, n & 255] : [n & 255, n >> 8],
    ),
  )

const utf8 = (text: string) => new TextEncoder().encode(text)
const list = shown('Get-ReceiveConnector | Format-List', connectors)
const xml = printClixml(connectors.map((o) => ({ type, properties: o })))
const json = printJson({ list: connectors.map((object) => ({ object })) }, { edition: '5.1' })
const ways: readonly (readonly [string, AuditFile])[] = [
  ['Format-List', { name: 'klinikum/KLISERVER.txt', bytes: utf8(list) }],
  ['UTF-16', { name: 'Klinikum Buxtehude.txt', bytes: utf16(list, false) }],
  ['UTF-16, big-endian', { name: 'jane@klinikum.de.txt', bytes: utf16(list, true) }],
  ['CLIXML', { name: 'kliserver1.klinikum.local.xml', bytes: utf8(xml) }],
  ['CLIXML of entities', { name: 'a.xml', bytes: utf8(escaped(xml)) }],
  ['JSON', { name: 'KLISERVER_klinikum.json', bytes: utf8(json) }],
  ['JSON of escapes', { name: 'a.json', bytes: utf8(inUnicode(json)) }],
  ['CSV', { name: 'a.csv', bytes: utf8(printCsv(connectors, { edition: '7', lists: ', ', delimiter: ',' })) }],
  ['an archive', { name: 'klinikum.zip', bytes: makeZip([{ name: 'Doerfler/KLISERVER.txt', content: list }]) }],
]

describe.each(ways)('%s full of secrets', (_, file) => {
  const made = redactExports([file], { seed: 's', now })
  const { report, topology } = runAudit([file], { now })

  it('lets none of them through, in whatever spelling', () => {
    expect(made.files).toHaveLength(1)
    expect(report.inventory.receiveConnectors).toHaveLength(values.length)
    for (const { name, text } of made.files)
      for (const line of [name, ...text.split('\n')]) expect([line, leaksIn(line, secrets)]).toEqual([line, []])
  })

  it('lets none of them into a report of it', () => {
    const p = pseudonymsFor(report, { seed: 's' })
    for (const line of JSON.stringify([redactReport(report, p), redactTopology(topology, p)], null, 1).split('\n'))
      expect([line, leaksIn(line, secrets)]).toEqual([line, []])
  })

  it('leads back to the names of the connectors', () => {
    const [text = ''] = made.files.map((f) => f.text)
    expect(restoreText(text, made.table)).toContain('KLISERVER1')
    expect(restoreText(text, made.table).normalize('NFC')).toMatch(/Zwergschule (?:\u00e4|&#xe4;|\\u00e4) 3/)
  })
})

describe('leaks', () => {
  it.each([
    ['Kl&#105;nikum', 'klinikum'],
    ['Kl_x0069_nikum', 'klinikum'],
    ['Kl\\u0069nikum', 'klinikum'],
    ['Kl%69nikum', 'klinikum'],
    ['MAIL.XN--ZRGIEBEL-N4A.DE', 'z\u00f6rgiebel'],
    [base64('klinikum-buxtehude'), 'klinikum'],
    ['\uff2b\uff4cinikum', 'klinikum'],
    ['a1:b2:c3:d4:e5:f6:07', 'a1b2c3d4e5f607'],
    ['Zo\u0308rgiebel', 'zorgiebel'],
  ])('%s is seen', (text, wanted) => expect(leaksIn(text, [wanted])).toEqual([wanted]))
})
