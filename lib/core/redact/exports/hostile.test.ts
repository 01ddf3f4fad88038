import { describe, expect, it } from 'vitest'
import { receiveConnector, shown } from '../../testing/exports-text'
import { redactExports } from './redact-exports'

const now = new Date('2026-11-21')
const made = (files: Readonly<Record<string, string>>) =>
  redactExports(
    Object.entries(files).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })),
    { seed: 's', now },
  )
const textOf = (text: string, name = 'a.txt'): string =>
  made({ [name]: text })
    .files.map((f) => f.text)
    .join('')
const receive = (own: Readonly<Record<string, string>>, server = 'EX01', name?: string) =>
  shown('Get-ReceiveConnector | Format-List', [receiveConnector(own, server, name)])

describe('what else stands in a file', () => {
  it.each([
    [
      'mailboxes',
      shown('Get-Mailbox | Format-List', [
        { Name: 'Secure Mail', Alias: 'jdoe', Office: 'the mail of the server', Size: '5', Database: 'DB01' },
      ]),
    ],
    ['prose', 'Hello Jane, the mail of the server is open.\n'],
    ['a table of something', 'DisplayName Office\n----------- ------\nJane Doe    Server\n'],
    [
      'who typed it',
      '**********************\nWindows PowerShell transcript start\nUsername: CONTOSO\\server-mail\n**********************\n',
    ],
  ])('%s', (_, more) => {
    const text = textOf(receive({}) + more)
    expect(text).toContain('Default Frontend EX-1')
    expect(text).not.toMatch(/jane|\bdoe\b|secure mail|the mail of the server|server-mail|jdoe/i)
  })

  it('is not passed on at all where it is not an export', () => {
    const mailbox = shown('Get-Mailbox | Format-List', [{ Name: 'Jane', Alias: 'jdoe', Office: 'Room', Size: '5' }])
    const run = made({ 'mailbox.txt': mailbox, 'a.txt': receive({}), 'notes.docx': 'Jane' })
    expect(run.leftOut.map((l) => [l.name, l.reason])).toEqual([
      ['mailbox.txt', 'not-recognised'],
      ['notes.docx', 'not-recognised'],
    ])
  })
})

describe('the form of a file', () => {
  it('stays well-formed as CSV when a value has quotes and line ends', () => {
    const csv = `"Identity","Bindings","RemoteIPRanges","PermissionGroups","Comment","TarpitInterval"\n"EX01\\Klinikum, Haus ""A""","{0.0.0.0:25}","{91.1.2.3}","AnonymousUsers","first\nsecond","00:00:05"\n`
    const text = textOf(csv, 'a.csv')
    expect(text).not.toMatch(/klinikum|haus|91\.1\.2\.3|first|second/i)
    expect(text.trim().split('\n')).toHaveLength(2)
    expect(text).toMatch(/^"Identity","Bindings"/)
  })

  it('stays JSON, and an address that is a number is none any more', () => {
    const json = JSON.stringify([
      {
        Identity: 'EX01\\Klinikum "A"',
        Bindings: ['0.0.0.0:25'],
        RemoteIPRanges: [{ LowerBound: { Address: 1526858243, IPAddressToString: '91.2.2.3' }, RangeFormat: 0 }],
        PermissionGroups: 'AnonymousUsers',
        TarpitInterval: '00:00:05',
        RawData: Array.from({ length: 40 }, (_, i) => i),
      },
    ])
    const text = textOf(json, 'a.json')
    expect(() => JSON.parse(text)).not.toThrow()
    expect(text).not.toMatch(/klinikum|1526858243|91\.2\.2\.3|37,38,39/i)
  })

  it('stays CLIXML, without comments, bytes and attributes that nobody reads', () => {
    const xml = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><!-- by Jane --><Obj RefId="0" By="Jane"><TN RefId="0"><T>Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector</T></TN><ToString>EX01\\Klinikum &amp; S&#246;hne</ToString><Props><S N="Identity">EX01\\Klinikum &amp; S&#246;hne</S><S N="Name">Klinikum &amp; S&#246;hne</S><S N="Fqdn">ex01_x002E_klinikum.de</S><S N="Bindings">{0.0.0.0:25}</S><S N="Comment">Jane_x000A_Doe</S><BA N="SecurityDescriptor">S2xpbmlrdW0=</BA></Props></Obj></Objs>`
    const text = textOf(xml, 'a.xml')
    expect(text).toContain('Receive connector 1')
    expect(text).not.toMatch(/klinikum|s\u00f6hne|jane|doe|S2xpbmlrdW0/i)
    expect(text).toMatch(/^<Objs Version="1.1.0.1" xmlns="http:\/\/schemas.microsoft.com\/powershell\/2004\/04">/)
  })

  it('keeps the columns of a table where they were', () => {
    const table =
      'Identity                     Bindings            Enabled\n--------                     --------            -------\nEX01\\Default Frontend EX01   {0.0.0.0:25}        True\nEX01\\Klinikum                {0.0.0.0:26}        False\n'
    const lines = textOf(`[PS] C:\\>Get-ReceiveConnector\n\n${table}\n\n[PS] C:\\>`).split('\n')
    const rows = lines.filter((l) => l.includes('0.0.0.0'))
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row.indexOf('{')).toBe(29)
    expect(rows.map((r) => /\s(True|False)\s*$/.exec(r)?.index)).toEqual([48, 48])
  })

  it('has as many lines as before where nothing was wrapped', () => {
    const text = receive({ RemoteIPRanges: '{91.1.2.3, 91.1.2.4}' })
    expect(textOf(text).split('\n')).toHaveLength(text.split('\n').length)
  })
})

describe('a file is not left out', () => {
  const reasons = (files: Readonly<Record<string, string>>) => made(files).leftOut.map((l) => l.reason)

  it.each([
    'EX',
    'ORG',
    'EDGE',
    'SITE',
    'NET',
    'HOST',
  ])('because a server is called as pseudonyms begin: %s', (server) => {
    expect(reasons({ 'a.txt': receive({ Fqdn: `${server}.klinikum.de`, Help: 'klinikum' }, server) })).toEqual([])
  })

  it('because a part of it is percent-encoded, and nothing is replaced twice', () => {
    const text = textOf(receive({ Help: 'https%3A%2F%2Fklinikum.de%2Fklinikum and more' }))
    expect(text).toMatch(/Help +: https:\/\/domain-\d\.example\/name-\d and more/)
  })

  it('because it names hosts of Microsoft', () => {
    expect(reasons({ 'a.txt': receive({ Help: 'net klinikum.blob.core.windows.net' }) })).toEqual([])
  })
})

it('keeps what lies below a domain below it, also where its name has a hyphen', () => {
  const names = ['klinik-ost.de', 'mail.klinik-ost.de', 'EX-01.klinik-ost.de']
  const lines = textOf(receive({ Fqdn: names.join(' '), Help: 'klinik-ost' }, 'EX-01')).split('\n')
  const [, base, mail, server] = /: (\S+) (\S+) (\S+)$/.exec(lines.find((l) => l.startsWith('Fqdn')) ?? '') ?? []
  expect(base).toMatch(/^domain-\d\.example$/)
  expect([mail, server?.toLowerCase()]).toEqual([`mail.${base}`, `ex-1.${base}`])
  expect(lines.find((l) => l.startsWith('Help'))).toMatch(/: org-\d$/)
})

it('replaces what somebody calls a cmdlet or a parameter, and leaves those of PowerShell', () => {
  const own =
    'Get-ReceiveConnector -Server EX01 -Klinikum x | Get-KlinikMailbox | Select-Object -First 5 -ExpandProperty Name'
  const text = textOf(`[PS] C:\\>${own}\n${receive({})}`)
  expect(text).not.toMatch(/klinik/i)
  expect(text).toMatch(
    /Get-ReceiveConnector -Server EX-1 -name-\d x \| \S+ \| Select-Object -First 5 -ExpandProperty Name/,
  )
})

describe('the manifest of the script', () => {
  const manifest = (change: object) =>
    JSON.stringify({
      ...{ postern: 1, scriptVersion: '1.0.0', collectedAt: '2026-11-20T09:00:00Z', computer: 'EX01', user: 'jane' },
      ...{ mode: 'on-premises', pseudonyms: false, parameters: { allServers: true, logHours: 0 } },
      files: [{ path: 'EX01/a.xml', command: 'Get-ReceiveConnector', server: 'EX01', takenAt: '2026-11-20T09:00:00Z' }],
      ...change,
    })
  const redacted = (change: object): string =>
    made({ 'manifest.json': manifest(change), 'EX01/a.txt': receive({}) }).files.find((f) => f.name === 'manifest.json')
      ?.text ?? ''

  it('keeps what the script writes of itself', () => {
    const { computer, user, ...kept } = JSON.parse(redacted({}))
    expect([computer, user]).toEqual([null, null])
    expect(kept).toMatchObject({
      ...{ postern: 1, scriptVersion: '1.0.0', collectedAt: '2026-11-20T09:00:00Z', mode: 'on-premises' },
      ...{ pseudonyms: true, parameters: { allServers: true, logHours: 0 } },
      files: [{ server: 'EX-1', command: 'Get-ReceiveConnector', takenAt: '2026-11-20T09:00:00Z' }],
    })
  })

  it.each([
    { mode: 'Klinikum' },
    { scriptVersion: '1.0 of Klinikum' },
    { collectedAt: 'Klinikum' },
    { postern: 'Klinikum' },
    { parameters: { server: 'Klinikum', logHours: 'Klinikum' } },
    { klinikum: 'Klinikum', powershell: 'Klinikum' },
    {
      files: [
        {
          path: 'klinikum/a.xml',
          command: 'Get-Klinikum',
          server: 'KLINIKUM',
          takenAt: 'Klinikum',
          error: 'Klinikum',
          klinikum: 1,
        },
      ],
    },
  ])('and nothing that somebody wrote into it: %j', (change) => {
    expect(redacted(change)).toContain('"postern": 1')
    expect(redacted(change)).not.toMatch(/klinikum/i)
  })
})

describe('names of files', () => {
  it('tell neither customer nor server, and lead nowhere', () => {
    const run = made({
      'klinikum-ost/EX01_receive-connectors.txt': receive({}),
      'Klinikum Ost.zip!/../../x.txt': receive({}, 'EX02'),
      'key.json': receive({}, 'EX03'),
    })
    const names = run.files.map((f) => f.name)
    expect(names.join('\n')).not.toMatch(/klinikum|\bost\b|ex0/i)
    expect(names).toContainEqual(expect.stringMatching(/ex-\d_receive-connectors\.txt$/i))
    for (const name of names) expect(name.split('/')).not.toContain('..')
    expect(new Set(names).size).toBe(names.length)
  })
})
