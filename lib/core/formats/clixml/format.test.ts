import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawBlock } from '../../model'
import { makeCertificate } from '../../testing/make-certificate'
import { makeSerializationData } from '../../testing/make-serialization-data'
import { type ClixmlObject, printClixml } from '../../testing/print-clixml'
import { format } from './format'

function read(text: string): { blocks: readonly RawBlock[]; notices: Diagnostic[] } {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x.xml', text }, (d) => notices.push(d)), notices }
}
const valuesOf = (b: RawBlock | undefined) =>
  b?.objects.map((o) =>
    Object.fromEntries(o.properties.map((p) => [p.name, p.unusable ? 'unusable' : (p.items ?? p.text)])),
  )

const connector = (name: string): ClixmlObject => ({
  type: 'Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector',
  properties: {
    AuthMechanism: { text: 'Tls, ExchangeServer', number: 17 },
    Banner: '',
    Bindings: { list: ['0.0.0.0:25', '[::]:25'] },
    TlsCertificateName: null,
    Enabled: true,
    TlsDomainCapabilities: { list: [] },
    Comment: 'a\r\nb_x0041_ <i>',
    WhenChanged: { date: '2026-03-01T10:00:00+01:00' },
    Identity: { text: `EX01\\${name}` },
  },
  members: { PSComputerName: 'ex01.contoso.com' },
})

describe('CLIXML', () => {
  it('reads values wherever they stand', () => {
    const { blocks, notices } = read(printClixml([connector('A'), connector('B')]))
    expect(notices).toEqual([])
    expect(blocks).toMatchObject([
      {
        format: 'clixml',
        cmdlet: 'Get-ReceiveConnector',
        collection: 'receiveConnectors',
        certainty: 'certain',
        server: 'ex01.contoso.com',
      },
    ])
    expect(valuesOf(blocks[0])?.[1]).toEqual({
      AuthMechanism: 'Tls, ExchangeServer',
      Banner: '',
      Bindings: ['0.0.0.0:25', '[::]:25'],
      TlsCertificateName: null,
      Enabled: 'True',
      TlsDomainCapabilities: [],
      Comment: 'a\r\nb_x0041_ <i>',
      WhenChanged: '2026-03-01T10:00:00+01:00',
      Identity: 'EX01\\B',
      PSComputerName: 'ex01.contoso.com',
    })
  })

  it('knows the line of each property', () => {
    const text = printClixml([connector('A')])
    const line = text.split('\n').findIndex((l) => l.includes('N="Enabled"')) + 1
    expect(read(text).blocks[0]?.objects[0]?.properties.find((p) => p.name === 'Enabled')?.lines).toEqual([line, line])
  })

  it('follows references, and reads enumerations that lost their names', () => {
    const text = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>Deserialized.Microsoft.Exchange.Data.Directory.SystemConfiguration.AcceptedDomain</T></TN><Props><Obj N="DomainName" RefId="1"><ToString>contoso.com</ToString></Obj><Ref N="Name" RefId="1" /><Ref N="Loop" RefId="9" /><Obj N="DomainType" RefId="2"><I32>2</I32></Obj></Props></Obj></Objs>`
    expect(valuesOf(read(text).blocks[0])).toEqual([
      { DomainName: 'contoso.com', Name: 'contoso.com', Loop: 'unusable', DomainType: '2' },
    ])
  })

  it('reads objects inside others by their type, and skips error streams', () => {
    const inner = printClixml([connector('A')]).replace(/^<Objs[^>]*>|<\/Objs>\s*$/g, '')
    const text = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S S="Error">failed_x000D_</S><Obj RefId="100"><TN RefId="50"><T>System.Management.Automation.PSCustomObject</T></TN><MS><Obj N="Connectors" RefId="101"><LST>${inner}</LST></Obj></MS></Obj></Objs>`
    expect(read(text).blocks.map((b) => [b.collection, b.objects.length])).toContainEqual(['receiveConnectors', 1])
  })

  it('makes a certificate out of its bytes', () => {
    const RawData = { bytes: makeCertificate({ subject: [['2.5.4.3', 'mail.contoso.com']] }) }
    const SerializationData = {
      bytes: makeSerializationData({
        services: 24,
        status: 1,
        rootCAType: 0,
        identity: 'EX02.contoso.com\\AB',
        hasPrivateKey: true,
      }),
    }
    const type = 'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate'
    const [whole, alone] =
      valuesOf(
        read(
          printClixml([
            { type, properties: { RawData }, members: { SerializationData } },
            { type, properties: { RawData } },
          ]),
        ).blocks[0],
      ) ?? []
    expect(whole).toMatchObject({
      Subject: 'CN=mail.contoso.com',
      Services: '24',
      Identity: 'EX02.contoso.com\\AB',
      HasPrivateKey: 'True',
    })
    expect(whole).not.toHaveProperty('RawData')
    expect(alone).not.toHaveProperty('Services') // not told is not "none"
  })

  it('leaves secrets out', () => {
    const text =
      '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><Props><SS N="Password">01000000d08c</SS><S N="Name">x</S></Props></Obj></Objs>'
    const { blocks, notices } = read(text)
    expect(valuesOf(blocks[0])).toEqual([{ Name: 'x' }])
    expect(notices).toMatchObject([{ code: 'personal-data-ignored', property: 'Password' }])
  })
})

describe('damage and malice', () => {
  const whole = printClixml([connector('A'), connector('B'), connector('C')])

  it('gives what stands before a cut, and the line', () => {
    const text = whole.slice(0, whole.indexOf('EX01\\C'))
    const { blocks, notices } = read(text)
    expect(blocks[0]?.objects).toHaveLength(2)
    expect(blocks[0]?.listing).toBe('named') // never all of them
    expect(notices).toEqual([{ code: 'source-cut', level: 'warning', line: text.split('\n').length }])
  })

  it.each([
    ['an entity', '<!DOCTYPE x [<!ENTITY a "b">]>\n'],
    ['an external one', '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">'],
  ])('refuses %s', (_, prologue) => {
    const text = prologue + whole
    expect(format.detect(text, 'x')).toBeGreaterThan(0.5)
    expect(read(text)).toMatchObject({
      blocks: [],
      notices: [{ code: 'xml-refused', level: 'error', params: { reason: 'doctype' } }],
    })
  })

  it('refuses nesting without end', () => {
    const text = `<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04">${'<Obj><LST>'.repeat(100_000)}`
    expect(read(text).notices).toMatchObject([{ code: 'xml-refused', params: { reason: 'too-deep' } }])
  })

  it('survives objects that refer to themselves', () => {
    const text =
      '<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><Props><Ref N="Self" RefId="0" /><S N="Name">x</S></Props></Obj></Objs>'
    expect(valuesOf(read(text).blocks[0])).toEqual([{ Self: 'unusable', Name: 'x' }])
  })

  it('reads prologues and leading blank lines', () => {
    for (const start of [
      '<?xml version="1.0" encoding="utf-16"?>\n',
      '\n  ',
      '#< CLIXML\n',
      '#< CLIXML\r\n'.replace('\r', ''),
    ]) {
      expect([start, format.detect(start + whole, 'x'), read(start + whole).blocks[0]?.objects.length]).toEqual([
        start,
        1,
        3,
      ])
    }
  })

  it('never throws and keeps places inside, cut or changed anywhere', () => {
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(whole.length),
        fc.constantFrom('', '<', '&', '</Obj>', '<Obj>', '\n', ']]>', '_x', '<![CDATA['),
        (cut, at, insert) => {
          const text = (whole.slice(0, at) + insert + whole.slice(at)).slice(0, cut)
          const lines = text.split('\n').length
          for (const b of read(text).blocks)
            for (const x of [b, ...b.objects, ...b.objects.flatMap((o) => o.properties)])
              expect(x.lines[0] >= 1 && x.lines[0] <= x.lines[1] && x.lines[1] <= lines).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})
