import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { aConnector, folderWith, ownDomains, postern, type Run, sample, traceOf, window } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 60_000 })

const domains = path.join(folderWith({ 'domains.txt': ownDomains('contoso.com') }), 'domains.txt')
const ask = (files: readonly string[], ...args: readonly string[]) => postern(['trace', ...files, '--quiet', ...args])
const remoteDomains = window(
  'Get-RemoteDomain | fl',
  '\n\nName : Default\nDomainName : *\nTrustedMailInboundEnabled : False\n\n\n',
)
const stepsOf = (run: Run) => traceOf(run).hops.flatMap((h) => h.steps)
const stranger = ['--from', '203.0.113.7', '--mail-from', 'a@example.net', '--rcpt-to', 'b@fabrikam.com']

describe('traces of the sample', () => {
  const dataCentre = ask([sample], '--to', 'EX03', ...stranger, '--from', '198.51.100.9')

  it('is JSON as the schema has it, and nothing on standard error', async () => {
    const run = await dataCentre
    expect(run.code).toBe(0)
    expect(run.stderr).toBe('')
    expect(traceOf(run)).toMatchObject({
      question: { from: '198.51.100.9', to: 'EX03', port: 25, tls: 'starttls', auth: 'none', rcptTo: 'b@fabrikam.com' },
      disposition: 'relayed',
      confidence: 'certain',
      authAs: 'Anonymous',
    })
    expect(stepsOf(run)[0]).toMatchObject({ stage: 'connector-selection', chosen: 'EX03\\Relay Data Centre' })
  })

  it('shows the line that decides', async () => {
    const [selection] = stepsOf(await dataCentre)
    const because = selection?.because.find((b) => b.property === 'RemoteIPRanges')
    expect(because?.value).toContain('198.51.100.0/24')
    const lines = readFileSync(path.join(sample, 'vienna/transcript.txt'), 'utf8').replace('\ufeff', '').split(/\r?\n/)
    expect(lines[(because?.lines[0] ?? 0) - 1]).toContain('198.51.100.0/24')
  })

  it('a stranger relays through EX02, whichever of its connectors answers', async () => {
    const run = await ask([sample], '--to', 'EX02', ...stranger)
    const trace = traceOf(run)
    expect(trace.disposition).toBe('relayed')
    expect(trace.branches.map((b) => b.disposition)).toEqual(['relayed', 'relayed'])
    expect(stepsOf(run)[0]?.missing).toEqual([
      { cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: ['EX02'] },
    ])
  })

  it('a stranger is refused at EX01', async () => {
    const run = await ask([sample], '--to', 'EX01', ...stranger, '--from', '198.51.100.9')
    expect(traceOf(run)).toMatchObject({ disposition: 'rejected', reply: { code: '550 5.7.54', typically: true } })
  })

  it('without the accepted domains it says so, and how to get it', async () => {
    const run = await ask([path.join(sample, 'munich')], '--to', 'EX01', ...stranger, '--from', '198.51.100.9')
    expect(run.code).toBe(0)
    expect(traceOf(run)).toMatchObject({ disposition: 'insufficient-info', confidence: 'unknown' })
    const missing = stepsOf(run).flatMap((s) => s.missing.map((m) => m.cmdlet))
    expect(missing).toContain('Get-AcceptedDomain')
  })

  it.each([
    [
      'en',
      'Relayed: the message is taken for a foreign recipient.',
      'because',
      /^1\. {2}EX03\\Relay Data Centre answers/m,
    ],
    ['de', 'Weitergeleitet: Die Nachricht', 'nicht gewählt', /^1\. {2}EX03\\Relay Data Centre antwortet/m],
  ])('is told as text in %s: question, answer, steps, lines', async (lang, answer, _word, first) => {
    const run = await ask(
      [sample],
      ...['--to', 'EX03', ...stranger, '--from', '198.51.100.9', '--format', 'text', '--lang', lang],
    )
    expect(run.code).toBe(0)
    const [question] = run.stdout.split('\n')
    expect(question).toContain('198.51.100.9')
    expect(run.stdout.indexOf(answer)).toBeGreaterThan(0)
    expect(run.stdout.indexOf(answer)).toBeLessThan(run.stdout.search(first))
    expect(run.stdout).toMatch(/RemoteIPRanges = \{198\.51\.100\.0\/24\} \(vienna\/transcript\.txt:455\)/)
    expect(run.stdout).toMatch(
      lang === 'en' ? /not chosen: EX03\\Legacy Fax is disabled/ : /nicht gewählt: EX03\\Legacy/,
    )
  })
})

const receive = (command: string, ...connectors: readonly string[]) => window(command, connectors.join(''))
const access = (rows: string) => window('Get-ADPermission "EX01\\Default Frontend EX01" | fl', rows)
const frontEnd = (more: Readonly<Record<string, string>> = {}) =>
  aConnector('Default Frontend EX01', {
    RemoteIPRanges: '{::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0.0.0.0-255.255.255.255}',
    AuthMechanism: 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer',
    PermissionGroups: 'AnonymousUsers, ExchangeServers, ExchangeLegacyServers',
    RequireTLS: 'False',
    ...more,
  })

describe('traces of small inputs', () => {
  const all = 'Get-ReceiveConnector | fl'
  const fileOf = (text: string) => path.join(folderWith({ 'a.txt': text }), 'a.txt')

  it('without the access list a refusal is presumed, and the cmdlet is named', async () => {
    const run = await ask([fileOf(receive(all, frontEnd())), domains], ...stranger, '--tls', 'none')
    expect(traceOf(run).disposition).toBe('rejected')
    const recipient = stepsOf(run).find((s) => s.stage === 'recipient')
    expect(recipient).toMatchObject({ decision: 'presumed-refused', confidence: 'likely' })
    expect(recipient?.missing).toEqual([{ cmdlet: 'Get-ADPermission', side: 'on-premises', servers: ['EX01'] }])
  })

  it('without Get-AcceptedDomain nothing is said of the recipient', async () => {
    const run = await ask([fileOf(receive(all, frontEnd()))], ...stranger)
    expect(traceOf(run).disposition).toBe('insufficient-info')
    expect(
      stepsOf(run)
        .find((s) => s.stage === 'recipient')
        ?.missing.map((m) => m.cmdlet),
    ).toContain('Get-AcceptedDomain')
  })

  it('with the access list the refusal is certain', async () => {
    const row =
      '\n\nUser : NT AUTHORITY\\ANONYMOUS LOGON\nIdentity : EX01\\Default Frontend EX01\nDeny : False\nIsInherited : False\nAccessRights : {ExtendedRight}\nExtendedRights : {ms-Exch-SMTP-Submit}\n\n\n'
    const run = await ask([fileOf(receive(all, frontEnd()) + access(row)), domains], ...stranger, '--tls', 'none')
    expect(stepsOf(run).find((s) => s.stage === 'recipient')).toMatchObject({
      decision: 'refused',
      confidence: 'certain',
    })
  })

  it('the session of Exchange Online: own tenant, foreign tenant', async () => {
    const cloud = fileOf(
      remoteDomains +
        receive(all, frontEnd({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' })),
    )
    const session = (originator: string) =>
      ask(
        [cloud, domains],
        ...['--from', '40.92.0.1', '--peer-cert', 'mail.protection.outlook.com', '--originator', originator],
        ...['--mail-from', 'a@contoso.com', '--rcpt-to', 'b@fabrikam.com'],
      )
    const decisions = async (run: Promise<Run>) => stepsOf(await run).map((s) => s.decision)
    expect(await decisions(session('contoso.com'))).toContain('originator-trusted')
    expect(await decisions(session('fabrikam.com'))).toContain('originator-foreign')
    expect(traceOf(await session('fabrikam.com')).disposition).toBe('rejected')
    expect(traceOf(await session('contoso.com')).disposition).not.toBe('rejected')
  })

  it('takes the day that certificates are judged by, and what was answered', async () => {
    const run = await ask(
      [fileOf(receive(all, frontEnd())), domains],
      ...stranger,
      '--as-of',
      '2020-01-01',
      '--answer',
      'mx=on-premises',
    )
    expect(run.code).toBe(0)
  })

  it('begins where the origin says', async () => {
    const run = await ask(
      [fileOf(receive(all, frontEnd())), domains],
      '--origin',
      'on-premises',
      '--rcpt-to',
      'b@fabrikam.com',
    )
    expect(run.code).toBe(0)
    expect(traceOf(run).question).toMatchObject({ origin: 'on-premises' })
  })

  it.each(['on-premises', 'exchange-online'])('--origin %s without a recipient: names the option', async (origin) => {
    const run = await ask([domains], '--origin', origin)
    expect([run.code, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain('--rcpt-to: is missing')
  })

  it('repeats the question as it was asked: no origin beside an address, IPv4 for what is mapped to IPv6', async () => {
    const run = await ask([fileOf(receive(all, frontEnd())), domains], '--from', '::ffff:10.0.0.7')
    expect(traceOf(run).question).toEqual({ from: '10.0.0.7', port: 25, tls: 'starttls', auth: 'none' })
    expect(stepsOf(run)[0]).toMatchObject({ decision: 'selected', chosen: 'EX01\\Default Frontend EX01' })
  })

  it('takes the null sender, writes to a file, and takes standard input', async () => {
    const folder = folderWith({})
    const out = path.join(folder, 'trace.json')
    const run = await postern(['trace', '-', domains, ...stranger, '--mail-from', '<>', '--out', out], {
      stdin: receive(all, frontEnd()),
    })
    expect([run.code, run.stdout]).toEqual([0, ''])
    const written = traceOf({ ...run, stdout: readFileSync(out, 'utf8') })
    expect(written.question).toMatchObject({ mailFrom: '' })
    expect(written.disposition).toBe('rejected')
  })

  it('shows control characters of names spelled out', async () => {
    const run = await ask(
      [fileOf(receive(all, frontEnd({ Name: 'Evil\u202e', Identity: 'EX01\\Evil\u202e' })))],
      ...stranger,
      '--format',
      'text',
    )
    expect(run.stdout).toContain('Evil\\u{202e}')
    expect(run.stdout).not.toContain('\u202e')
  })
})

it('where nothing is readable the answer is printed with exit code 3', async () => {
  const run = await postern(['trace', path.join(folderWith({ 'a.txt': 'nothing\n' }), 'a.txt'), ...stranger])
  expect(run.code).toBe(3)
  expect(run.stderr).toContain('Nothing in the input was recognised')
  expect(traceOf(run)).toMatchObject({ disposition: 'insufficient-info', confidence: 'unknown' })
  expect(stepsOf(run)[0]?.missing).toEqual([{ cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: [] }])
})
