import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sections } from './console'

const ems = '[PS] C:\\>'
const stars = '**********************'
const output = (text: string) => sections(text).map((s) => text.slice(s.from, s.to).trim())

describe('sections', () => {
  it('cuts at prompts, and says which command printed what', () => {
    const text = `before\n${ems}Get-ReceiveConnector | fl\n\nA : 1\n\n[ex02]: PS C:\\>Get-SendConnector\n\nB : 2\n[ex02]: PS C:\\>\n`
    expect(sections(text)).toMatchObject([
      { command: null, line: 1, commandLine: null, closed: false },
      {
        command: { cmdlet: 'Get-ReceiveConnector' },
        host: null,
        managementShell: true,
        line: 3,
        commandLine: 2,
        closed: true,
      },
      { command: { cmdlet: 'Get-SendConnector' }, host: 'ex02', managementShell: false, line: 7, closed: true },
      { command: null, commandLine: 9, closed: false },
    ])
    expect(output(text)).toEqual(['before', 'A : 1', 'B : 2', ''])
  })

  it('takes a text without any prompt as one section', () => {
    expect(sections('A : 1\nB : 2\n')).toMatchObject([{ from: 0, to: 12, line: 1, command: null }])
    expect(sections('')).toMatchObject([{ from: 0, to: 0, line: 1 }])
  })

  it.each([
    ['a trailing pipe', `${ems}Get-ReceiveConnector |\nfl Name\nName : a\n`],
    ['a backtick', `${ems}Get-ReceiveConnector \`\n  | fl Name\nName : a\n`],
    [
      'the prompt of a line that goes on',
      `PS C:\\> Get-ReceiveConnector |\n>> where {\n>> $_.Enabled }\n>>\nName : a\n`,
    ],
    ['an open bracket', `${ems}Get-ReceiveConnector | where {\n$_.Enabled}\nName : a\n`],
    [
      'the width of the console',
      `${ems}Get-ReceiveConnector -Server EX01.contoso.com | Where-Object {$_.En\nabled} | fl Name\nName : a\n`,
    ],
  ])('reads a command that goes on: %s', (_, text) => {
    expect(sections(text)).toHaveLength(1)
    expect(output(text)[0]).toBe('Name : a')
  })

  it('does not take an error or a list for the rest of a long command', () => {
    const long = `${ems}Get-ReceiveConnector -Server EX01.contoso.com | fl Name,Identity,Bindings,RemoteIPRanges`
    for (const next of ['Name : a', 'Get-ReceiveConnector : not found', 'WARNING: old', '----  ----', 'x'.repeat(200)])
      expect(output(`${long}\n${next}\n`)).toEqual([next])
  })

  it('knows that a command without prompt may just be mentioned', () => {
    expect(sections('Get-ReceiveConnector | fl\nGet-SendConnector | fl\n').map((s) => s.closed)).toEqual([false, false])
  })

  it('resolves what a variable stands for, and knows that an assignment prints nothing', () => {
    const [set, used] = sections(`${ems}$c = Get-ReceiveConnector -Server EX01\n${ems}$c | fl\n`)
    expect(set?.command).toMatchObject({ silent: true })
    expect(used?.command).toMatchObject({ cmdlet: 'Get-ReceiveConnector', server: 'EX01', silent: false })
  })

  it('has all statements of a line', () => {
    const [s] = sections(`${ems}Get-ReceiveConnector | fl; Get-SendConnector | fl\n`)
    expect(s?.commands.map((c) => c.collection)).toEqual(['receiveConnectors', 'sendConnectors'])
  })
})

describe('remarks', () => {
  const below = (remark: string) => sections(`${ems}Get-ReceiveConnector -Server EX09 | fl\n${remark}\n\n${ems}\n`)[0]

  it.each([
    [
      "Get-ReceiveConnector : Couldn't find the server.\nAt line:1 char:1\n    + CategoryInfo          : NotSpecified: (:) []",
    ],
    ['Get-ReceiveConnector: The operation failed.'],
    ["The term 'Get-ReceiveConnector' is not recognized as the name of a cmdlet."],
    ['Die Benennung "Get-ReceiveConnector" wurde nicht als Name eines Cmdlet erkannt.\nIn Zeile:1 Zeichen:1'],
    ['PS>TerminatingError(Get-ReceiveConnector): "no"'],
    ["The operation couldn't be performed because object 'EX09' couldn't be found on 'DC01'."],
    ['Das Objekt "EX09" wurde auf "DC01" nicht gefunden.'],
    ['Access is denied.'],
  ])('an error: %s', (remark) => {
    expect(below(remark)).toMatchObject({ failed: true, limited: false })
  })

  it.each([
    ['WARNING: By default, only the first 1000 items are returned.'],
    ['WARNUNG: Standardm\u00e4\u00dfig werden nur die ersten 1000 Elemente zur\u00fcckgegeben.'],
    ['WARNING: There are more of them than are shown here, so please raise the value that\nyou gave with ResultSize.'],
  ])('limited: %s', (remark) => {
    expect(below(remark)).toMatchObject({ limited: true, failed: false })
  })

  it('a property below a warning is not part of it', () => {
    expect(below('WARNING: The object is old.\nResultSize : 1000')).toMatchObject({ limited: false })
  })

  it('names the cmdlet of an error whose command is not in the text', () => {
    const text = 'Get-SendConnector : nobody\n    + CategoryInfo          : NotSpecified: (:) [Get-SendConnector], X\n'
    expect(sections(text)).toMatchObject([{ failed: true, failedCmdlet: 'Get-SendConnector' }])
  })

  it('prose and properties are no errors', () => {
    for (const line of [
      'Access to the server was easy.',
      'Get-Foo: does something',
      'DisplayName : The term',
      'Input : 1',
    ])
      expect(below(line)).toMatchObject({ failed: false, limited: false })
  })
})

describe('transcripts', () => {
  const header = (machine: string, time: string) =>
    `${stars}\n${machine === 'Computer' ? 'Beginn des PowerShell-Transkripts' : 'PowerShell transcript start'}\n${time}: 20261120093000\nX: CONTOSO\\adm\n${machine}: EX01 (Microsoft Windows NT 10.0)\n${stars}\n`
  const footer = (time: string) => `${stars}\nEnde des PowerShell-Transkripts\n${time}: 20261120101500\n${stars}\n`
  const body = `${ems}Get-ReceiveConnector | fl\n\nA : 1\n`

  it.each([
    ['English', 'Machine', 'Start time', 'End time'],
    ['German', 'Computer', 'Startzeit', 'Endzeit'],
  ])('%s: computer, and the time of its end', (_, machine, start, end) => {
    const text = header(machine, start) + body + footer(end)
    expect(sections(text).find((s) => s.command)).toMatchObject({
      host: 'EX01',
      takenAt: '2026-11-20T10:15:00',
      closed: true,
    })
    expect(output(text)).toContain('A : 1')
  })

  it('has the time of its begin where it was not ended', () => {
    const [s] = sections(header('Machine', 'Start time') + body).filter((x) => x.command)
    expect(s).toMatchObject({ takenAt: '2026-11-20T09:30:00', closed: false })
  })

  it('has the time of each command where the transcript has it', () => {
    const at = (time: string) => `${stars}\nBefehlsstartzeit: 20261120${time}\n${stars}\n`
    const text = `${header('Computer', 'Startzeit')}${at('094000')}${body}${at('095000')}${body}${footer('Endzeit')}`
    expect(sections(text).flatMap((s) => (s.command ? [s.takenAt] : []))).toEqual([
      '2026-11-20T09:40:00',
      '2026-11-20T09:50:00',
    ])
  })

  it('does not give the host of one transcript to what stands behind it', () => {
    const text = `${header('Machine', 'Start time')}${body}${footer('End time')}${body}`
    expect(sections(text).flatMap((s) => (s.command ? [s.host] : []))).toEqual(['EX01', null])
  })
})

it('covers any text in order, without gaps of anything but commands and headers', () => {
  const piece = fc.constantFrom(ems, `${ems}Get-X | fl`, stars, 'a : b', '', '>> x', 'WARNING: x', '$a = Get-X', 'PS>')
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 20 })), { maxLength: 30 }), (parts) => {
      const text = parts.join('\n')
      const lines = Math.max(1, text.split('\n').length)
      let before = 0
      for (const s of sections(text)) {
        expect(s.from >= before && s.to >= s.from && s.to <= text.length).toBe(true)
        expect(s.line >= 1 && s.line <= lines && (s.commandLine ?? 1) <= lines).toBe(true)
        const lineOfFrom = text.slice(0, s.from).split('\n').length
        if (s.from < text.length) expect(s.line).toBe(lineOfFrom)
        before = s.to
      }
    }),
    { numRuns: 500 },
  )
})
