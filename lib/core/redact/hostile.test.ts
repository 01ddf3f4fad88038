import { describe, expect, it } from 'vitest'
import { type Report, reportSchema, runAudit } from '../index'
import { receiveConnector, shown } from '../testing/exports-text'
import { pseudonymsFor, redactReport, redactTopology, restore } from './index'

const now = new Date('2026-11-21')

/** A report of the texts, each a file of its own. */
function reportOf(...texts: readonly string[]): { report: Report; shown: (also?: readonly string[]) => string } {
  const files = texts.map((text, i) => ({ name: `file-${i}.txt`, bytes: new TextEncoder().encode(text) }))
  const { report, topology } = runAudit(files, { now })
  const redacted = (also?: readonly string[]) => {
    const p = pseudonymsFor(report, { seed: 's', ...(also ? { also } : {}) })
    return JSON.stringify([reportSchema.parse(redactReport(report, p)), redactTopology(topology, p)])
  }
  return { report, shown: redacted }
}

const receive = (own: Readonly<Record<string, string>>, server = 'EX01', name?: string) =>
  shown('Get-ReceiveConnector | Format-List', [receiveConnector(own, server, name)])

describe('what stands in a value', () => {
  const value = (text: string, name = 'Fqdn') => reportOf(receive({ [name]: text })).shown()

  it.each([
    ['a name in capitals', 'EX01.KLINIKUM-OST.LOCAL', /klinikum/i],
    ['a name in Punycode', 'mail.xn--mller-kva.de', /mller|m\u00fcller/i],
    ['a name with letters beyond ASCII', 'mail.m\u00fcller.de', /m\u00fcller|mller/i],
    ['a dot at the end', 'mail.klinikum.de.', /klinikum/i],
    ['an inner name of one label', 'klinikumgw', /klinikum/i],
    ['an address in a name', 'host-91-12-34-56', /91-12-34-56/],
    ['an address backwards', '56.34.12.91.in-addr.arpa', /56\.34\.12/],
    ['letters with marks', '\u0939\u093f\u0928\u094d\u0926\u0940', /\u0939|\u0928/],
    ['one letter of another alphabet', 'a \u6771 b', /\u6771/],
    ['letters beyond the first plane', '\u{20BB7}\u91ce', /\u{20BB7}|\u91ce/u],
    ['a pattern', '^mail\\.klinikum\\.de$', /klinikum|\\.de\b/i],
    ['percent', 'x%40klinikum%2ede', /klinikum/i],
    ['an account', 'KLINIKUM\\svc-relay', /klinikum|svc/i],
    ['an X.500 address', '/o=Klinikum/ou=First Administrative Group/cn=Recipients/cn=jdoe', /klinikum|jdoe/i],
    ['a distinguished name', 'CN=Jane Doe,OU=Onkologie,DC=klinikum,DC=local', /jane|\bdoe\b|onkologie|klinikum/i],
    ['a mailbox', 'jane.doe@klinikum.de', /jane|klinikum/i],
    ['a name that was cut', 'EX01.klini...', /klini/i],
    ['an address of IPv6', '2a0a:1234:5678:9abc::25', /1234:5678/],
    ['a public address', '91.12.34.56', /91\.12\.34\.56|12\.34/],
    ['a thumbprint in pairs', 'A1 B2 C3 D4 E5 F6 07 18 29 3A 4B 5C 6D 7E 8F 90 A1 B2 C3 D4', /A1 B2 C3/],
    ['Base64', `${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo5'.repeat(4)}==`, /QUJDREVG/],
    ['an account of a SID', 'S-1-5-21-1004336348-1177238915-682003330-1119', /1004336348|682003330/],
  ])('%s', (_, text, original) => {
    expect(text).toMatch(original)
    expect(value(text)).not.toMatch(original)
    expect(value(text, 'SomethingNobodyKnows')).not.toMatch(original)
  })

  it.each(['Comment', 'Banner', 'AdminDisplayName'])('%s is replaced as a whole', (name) => {
    expect(value('220 the server of the mail', name)).not.toContain('the server of the mail')
  })

  it('leaves what says nothing of whose it is', () => {
    for (const text of [
      'mail.protection.outlook.com',
      'NT AUTHORITY\\ANONYMOUS LOGON',
      'S-1-5-7',
      '127.0.0.1',
      '0.0.0.0',
    ])
      expect(value(text, 'SomethingNobodyKnows')).toContain(JSON.stringify(text).slice(1, -1))
  })
})

describe('names that are words', () => {
  const open = { PermissionGroups: 'AnonymousUsers, Custom' }

  it('replaces a server called MAIL and leaves mail alone', () => {
    const { shown: redacted } = reportOf(receive({}, 'MAIL'))
    expect(redacted()).toContain('mail for your domains from every address')
    expect(redacted()).toContain('EX-1\\\\Default Frontend EX-1')
    expect(redacted()).not.toMatch(/\bMAIL\b/)
  })

  it('replaces a connector called Relay where it is named and nowhere else', () => {
    const { report, shown: redacted } = reportOf(receive(open, 'EX01', 'Relay'))
    const ids = report.findings.flatMap((f) => f.objects.map((o) => o.id))
    expect(ids).toContain('EX01\\Relay')
    const objects = (JSON.parse(redacted()) as [Report])[0].findings.flatMap((f) => f.objects.map((o) => o.id))
    expect(objects.filter((o) => /relay/i.test(o))).toEqual([])
    expect(objects).toContain('EX-1\\Receive connector 1')
  })

  it('does not take pseudonyms that the exports hold', () => {
    const { report, shown: redacted } = reportOf(receive({}, 'EX-1') + receive({}, 'EX02'))
    expect(report.inventory.receiveConnectors.map((c) => c.server)).toEqual(['EX-1', 'EX02'])
    const servers = (JSON.parse(redacted()) as [Report])[0].inventory.receiveConnectors.map((c) => c.server)
    expect(new Set(servers).size).toBe(2)
    expect(servers).not.toContain('EX-1')
  })

  it('keeps clones together: the same name on two servers', () => {
    const two = receive(open, 'EX01', 'Scanner EX01') + receive(open, 'EX02', 'Scanner EX02')
    const names = (JSON.parse(reportOf(two).shown()) as [Report])[0].inventory.receiveConnectors.map((c) => [
      c.server,
      c.id,
    ])
    for (const [server, id] of names) expect(id).toBe(`${server}\\Receive connector 1 ${server}`)
  })
})

it('replaces a name that was cut, in any text', () => {
  const { report } = reportOf(receive({ Fqdn: 'mail.klinikum.de' }))
  expect(pseudonymsFor(report, { seed: 's' }).text('Klinik... and kliniku\u2026 of the KLINIKUMOST')).not.toMatch(
    /klinik/i,
  )
})

it('replaces what the caller names besides: an environment, people', () => {
  const { report } = reportOf(receive({}))
  const p = pseudonymsFor(report, { seed: 's', also: ['Klinikum Ost', 'Jane Doe'] })
  expect(p.text('Audit of KLINIKUM OST by jane doe <jane@klinikum.de>')).not.toMatch(/klinikum|jane|doe/i)
})

describe('the way back', () => {
  const texts = [receive({ Fqdn: 'EX01.klinikum.local', RemoteIPRanges: '{10.1.2.0/24, 91.12.34.56-91.12.34.70}' })]

  it('restores every original', () => {
    const { report } = reportOf(...texts)
    const p = pseudonymsFor(report, { seed: 's' })
    redactReport(report, p)
    for (const { original } of p.table()) expect(restore(p.text(original), p.table())).toBe(original)
    const sentence = 'EX01.klinikum.local takes 10.1.2.0/24 and 91.12.34.56-91.12.34.70, EX01 too.'
    expect(p.text(sentence)).not.toMatch(/klinikum|91\.12/)
    expect(restore(p.text(sentence), p.table())).toBe(sentence)
  })

  it('is the same for the same seed, and another for another', () => {
    const { report } = reportOf(...texts)
    const made = (seed: string) => {
      const p = pseudonymsFor(report, { seed })
      return JSON.stringify([redactReport(report, p), p.table()])
    }
    expect(made('s')).toBe(made('s'))
    expect(made('s')).not.toBe(made('t'))
  })
})
