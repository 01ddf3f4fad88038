import { describe, expect, it } from 'vitest'
import { runAudit } from '../index'
import { receiveConnector, sendConnector, shown } from '../testing/exports-text'
import { pseudonymsFor, redactReport } from './index'
import { valuesIn, wordsOfMessage } from './prose'

const wordsAt = (text: string, places: ReadonlySet<number>): string[] =>
  [...places].map((at) => /^[\p{L}\p{N}]+/u.exec(text.slice(at))?.[0] ?? '')
const values = (text: string, message: string): string[] => wordsAt(text, valuesIn(text, wordsOfMessage(message, 'en')))

describe('values in a message', () => {
  it.each([
    ['Internet sends to the Internet', '{connector} sends to the Internet', ['Internet']],
    ['The Internet sends to Internet', 'The Internet sends to {connector}', ['Internet']],
    ['Relay, relay and Relay take relay', '{list} take relay', ['Relay', 'relay', 'and', 'Relay']],
    [
      'Mail refuses Exchange',
      '{here, select, yes {{server} refuses} other {Mail goes to}} {who}',
      ['Mail', 'Exchange'],
    ],
    ['Two of it', '{n, plural, one {One} other {Two}} of {what}', ['it']],
    ['nothing of its own', '', ['nothing', 'of', 'its', 'own']],
    ['all of its own', 'all of its own', []],
  ])('%s', (text, message, found) => expect(values(text, message)).toEqual(found))

  it('tells nothing where that would take too long', () => {
    const long = 'a '.repeat(3000)
    expect(valuesIn(long, wordsOfMessage(long, 'en'))).toEqual(new Set())
  })
})

const now = new Date('2026-11-21')
const bytes = (text: string) => new TextEncoder().encode(text)
const open = { PermissionGroups: 'AnonymousUsers, Custom', AuthMechanism: 'Tls, ExternalAuthoritative' }

/** An organisation whose names are words that the product itself says. */
function redactedWith(server: string, name: string, send: string, ranges = '{10.1.2.3}') {
  const text = [
    shown('Get-ReceiveConnector | Format-List', [receiveConnector({ ...open, RemoteIPRanges: ranges }, server, name)]),
    shown('Get-SendConnector | Format-List', [
      {
        ...sendConnector({ SourceTransportServers: `{${server}}`, AddressSpaces: '{smtp:*;1}' }),
        Name: send,
        Identity: send,
      },
    ]),
  ].join('')
  const { report } = runAudit([{ name: `${server}.txt`, bytes: bytes(text) }], { now })
  const pseudonyms = pseudonymsFor(report, { seed: 's' })
  return { report, made: redactReport(report, pseudonyms) }
}

const cases: [string, string, string][] = [
  ['Exchange', 'Default Frontend', 'Internet'],
  ['MAIL', 'Relay', 'Send'],
  ['MX', 'Anonymous', 'Partner'],
  ['Mailbox', 'Client', 'mail'],
  ['Der', 'die', 'und'],
  ['Postern', 'connector', 'rule'],
]

describe.each(cases)('a server %s with the connectors %s and %s', (server, name, send) => {
  const { report, made } = redactedWith(server, name, send)
  const named = (text: string): boolean =>
    new RegExp(`(?:^|[\\\\ '_])(?:${server}\\\\|${server}'|${server}_|Default ${server}(?:$|[,']))`, 'u').test(text)

  it('are replaced in every field and in the name of the file', () => {
    const fields = [
      ...Object.values(made.inventory).flatMap((list) => list.map((o) => [o.id, o.server, o.properties.Name?.value])),
      ...made.findings.flatMap((f) => f.objects.map((o) => [o.id, o.server])),
      ...made.sources.map((s) => [s.name.replace(/\.txt$/, ''), ...s.blocks.map((b) => b.server)]),
    ].flat()
    const parts = fields.flatMap((f) => String(f).split(/[\\|]/))
    expect(parts.filter((part) => [server, name, send].includes(part))).toEqual([])
  })

  it('are replaced in titles, messages and commands, and the words of the product are not', () => {
    for (const [i, f] of made.findings.entries()) {
      const was = report.findings[i]
      for (const lang of ['en', 'de'] as const) {
        for (const text of [f.title[lang], f.message[lang]]) expect([text, named(text)]).toEqual([text, false])
        const begins = [server, name, send].some((n) => was?.title[lang].startsWith(`${n} `))
        if (begins) expect(f.title[lang]).toMatch(/^(?:EX-1|(?:Receive|Send) connector 1)/)
      }
      for (const step of f.fix?.steps ?? [])
        expect([step.powershell, named(step.powershell)]).toEqual([step.powershell, false])
    }
    const [title] = made.findings.filter(
      (f) => f.rule === 'send-connector-header-leak' || /hands internal headers/.test(f.title.en),
    )
    expect(title?.title.en).toBe('Send connector 1 hands internal headers to every mail server on the Internet')
    expect(title?.title.de).toBe('Send connector 1 gibt interne Kopfzeilen an jeden Mailserver im Internet weiter')
  })
})

it('does not take an address, a port or a size for a connector that is called so', () => {
  const { made } = redactedWith('EX01', '10.1.2.3', '25')
  const [receive] = made.inventory.receiveConnectors
  expect(receive?.id).toBe('EX-1\\Receive connector 1')
  expect(receive?.properties.Bindings?.value).toEqual(['[::]:25', '0.0.0.0:25'])
  expect(receive?.properties.RemoteIPRanges?.value).toEqual([expect.stringMatching(/^10\.\d+\.\d+\.3$/)])
  expect(made.inventory.sendConnectors[0]?.id).toBe('Send connector 1')
})
