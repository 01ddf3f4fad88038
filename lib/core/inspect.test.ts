import { expect, it } from 'vitest'
import { examine } from './inspect'
import { defaultLimits } from './limits'
import type { Answers } from './rules/define-rule'
import type { AuditFile } from './source'

const file = (name: string, text: string | Uint8Array): AuditFile => ({
  name,
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
})
const receive = (name: string, server: string, ranges = '10.0.0.5') =>
  `Name : ${name}\nServer : ${server}\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {${ranges}}\nPermissionGroups : AnonymousUsers\n`
const certificate = (date: string) =>
  `Thumbprint : ${'AB'.repeat(20)}\nSubject : CN=mail.contoso.com\nIssuer : CN=mail.contoso.com\nServices : SMTP\nNotAfter : ${date}\nNotBefore : ${date}\n`
const look = (files: readonly AuditFile[], answers: Answers = {}, alone = true) =>
  examine(files, defaultLimits, answers, { alone })

it('names the servers of the objects in a file', () => {
  const seen = look([file('all.txt', `${receive('A', 'EX02')}\n${receive('B', 'EX01')}`)])
  expect(seen.servers).toEqual({ 'all.txt': ['EX01', 'EX02'] })
})

it('shows the first line of each kind of notice', () => {
  const cut = receive('A', 'EX01', '10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4...')
  expect(look([file('cut.txt', `${cut}\n${cut}`)]).excerpts).toContainEqual({
    source: 'cut.txt',
    line: 4,
    text: 'RemoteIPRanges : {10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4...}',
  })
})

it('shows no line that is left out because of what stands in it', () => {
  const headers =
    'Received: from mail.example.net (203.0.113.5) by EX01.contoso.com (10.0.0.1) with SMTP id 1;\n Fri, 20 Nov 2026 10:00:00 +0100\nFrom: anna@example.net\nTo: ben@contoso.com\nSubject: Salary\nMessage-ID: <1@example.net>\n'
  const seen = look([file('headers.txt', headers)])
  expect(seen.sources[0]?.notices.map((n) => n.code)).toContain('personal-data-ignored')
  expect(JSON.stringify(seen.excerpts)).not.toMatch(/anna|ben|Salary/)
})

it('keeps what an answer has settled, so that it can be changed', () => {
  const files = [file('certificates.txt', certificate('06.09.2028 10:00:00'))]
  const codes = (answers: Answers) => {
    const { sources, settled } = look(files, answers)
    return [sources[0]?.notices.map((n) => n.code), settled['certificates.txt']?.map((n) => n.code)]
  }
  const [open, none] = codes({})
  expect(open).toContain('server-unknown')
  expect(none).toBeUndefined()
  const [left, settled] = codes({ 'server:certificates.txt': 'EX01' })
  expect(left).not.toContain('server-unknown')
  expect(settled).toContain('server-unknown')
})

it('sees together what a file does not say alone', () => {
  const one = file('a.txt', receive('Relay', 'EX01'))
  const two = file('b.txt', receive('Relay', 'EX01', '10.0.0.9'))
  const codes = (files: AuditFile[]) => look(files, {}, false).sources.flatMap((s) => s.notices.map((n) => n.code))
  expect([...codes([one]), ...codes([two])]).not.toContain('contradiction')
  expect(codes([one, two])).toContain('contradiction')
})

it('shows the line that a guessed code page is judged by', () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode(`${receive('A', 'EX01')}Fqdn : M`), 0xfc, 0x6e, 0x0a])
  expect(look([file('a.txt', bytes)]).repairs).toEqual([
    { source: 'a.txt', line: 6, before: 'Fqdn : Mün', after: 'Fqdn : Mün' },
  ])
})
