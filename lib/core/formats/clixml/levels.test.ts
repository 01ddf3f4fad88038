import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawBlock } from '../../model'
import { makeCertificate } from '../../testing/make-certificate'
import { makeSerializationData } from '../../testing/make-serialization-data'
import { printClixml } from '../../testing/print-clixml'
import { format } from './format'

const NS = 'http://schemas.microsoft.com/powershell/2004/04'
const objs = (inner: string) => `<Objs Version="1.1.0.1" xmlns="${NS}">${inner}</Objs>`
const typed = (type: string, inner: string, id = 0) =>
  `<Obj RefId="${id}"><TN RefId="${id}"><T>${type}</T><T>System.Object</T></TN>${inner}</Obj>`
function read(text: string): { blocks: readonly RawBlock[]; notices: Diagnostic[] } {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x.xml', text }, (d) => notices.push(d)), notices }
}
const first = (text: string) =>
  Object.fromEntries(
    (read(text).blocks[0]?.objects[0]?.properties ?? []).map((p) => [
      p.name,
      p.unusable ? 'unusable' : (p.items ?? p.text),
    ]),
  )
const SEND = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.SmtpSendConnectorConfig'

describe('levels of fidelity', () => {
  it('rehydrated: values are objects with a text', () => {
    const text = objs(
      typed(
        SEND,
        `<Props><Obj N="AddressSpaces" RefId="1"><LST><Obj RefId="2"><ToString>SMTP:*;1</ToString><Props><S N="Address">*</S></Props></Obj></LST></Obj>
        <Obj N="TlsAuthLevel" RefId="3"><ToString>DomainValidation</ToString><I32>4</I32></Obj><Nil N="Fqdn" />
        <Obj N="MaxMessageSize" RefId="4"><ToString>35 MB (36,700,160 bytes)</ToString><Props><B N="IsUnlimited">false</B></Props></Obj></Props>`,
      ),
    )
    expect(first(text)).toEqual({
      AddressSpaces: ['SMTP:*;1'],
      TlsAuthLevel: 'DomainValidation',
      Fqdn: null,
      MaxMessageSize: '35 MB (36,700,160 bytes)',
    })
  })

  it('remoting: types have a prefix, lists are of texts, enumerations may be numbers', () => {
    const text = objs(
      typed(
        `Deserialized.${SEND}`,
        `<Props><Obj N="AddressSpaces" RefId="1"><TN RefId="1"><T>Deserialized.System.Collections.ArrayList</T></TN><LST><S>SMTP:*;1</S></LST></Obj>
        <Obj N="SmartHosts" RefId="6"><TNRef RefId="1" /><LST /></Obj>
        <Obj N="TlsAuthLevel" RefId="2"><I32>4</I32></Obj><S N="MaxMessageSize">35 MB (36,700,160 bytes)</S>
        <Obj N="MaxInboundConnection" RefId="5"><Props><B N="IsUnlimited">true</B></Props></Obj></Props>`,
      ),
    )
    expect(read(text).blocks[0]?.collection).toBe('sendConnectors')
    expect(first(text)).toEqual({
      AddressSpaces: ['SMTP:*;1'],
      SmartHosts: [],
      TlsAuthLevel: '4',
      MaxMessageSize: '35 MB (36,700,160 bytes)',
      MaxInboundConnection: 'Unlimited',
    })
  })

  it.each([',', ' '])('where the depth ended, a list is one text with %j between its items', (mark) => {
    const text = ['[::]:25', '0.0.0.0:25'].join(mark)
    const receive = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector'
    expect(first(objs(typed(receive, `<Props><S N="Bindings">${text}</S><S N="Banner">220 a,b</S></Props>`)))).toEqual({
      Bindings: ['[::]:25', '0.0.0.0:25'],
      Banner: '220 a,b',
    })
  })

  it('where the depth ended, values are the texts of their objects', () => {
    const text = objs(
      typed(SEND, '<Props><S N="AddressSpaces">SMTP:*;1</S><S N="Port">25</S><S N="SmartHosts"></S></Props>'),
    )
    expect(first(text)).toEqual({ AddressSpaces: 'SMTP:*;1', Port: '25', SmartHosts: '' })
  })

  it('collections of every kind', () => {
    for (const tag of ['LST', 'IE', 'STK', 'QUE']) {
      const text = objs(
        typed(
          SEND,
          `<Props><Obj N="SmartHosts" RefId="1"><${tag}><S>a</S><Nil /><S>b</S></${tag}></Obj><S N="Port">25</S></Props>`,
        ),
      )
      expect([tag, first(text).SmartHosts]).toEqual([tag, ['a', '', 'b']])
    }
  })

  it('what has no text is not "not set"', () => {
    const text = objs(
      typed(
        SEND,
        `<Props><Obj N="Table" RefId="1"><DCT><En><S N="Key">a</S><S N="Value">b</S></En></DCT></Obj>
        <Obj N="List" RefId="2"><LST><S>a</S><Obj RefId="3"><DCT /></Obj></LST></Obj>
        <Ref N="Later" RefId="9" /><B N="Enabled">yes</B><C N="Letter">65</C><Obj N="Own" RefId="4"><Props /></Obj></Props>`,
      ),
    )
    expect(first(text)).toEqual({
      Table: 'unusable',
      List: 'unusable',
      Later: 'unusable',
      Enabled: 'unusable',
      Letter: 'A',
      Own: 'unusable',
    })
  })

  it('shared values are found behind any reference, lists too', () => {
    const text = objs(
      typed(
        SEND,
        '<Props><Obj N="SmartHosts" RefId="7"><LST><S>a</S></LST></Obj><Obj N="Identity" RefId="8"><ToString>c</ToString></Obj></Props>',
      ) + typed(SEND, '<Props><Ref N="SmartHosts" RefId="7" /><Ref N="Id" RefId="8" /><S N="Name">d</S></Props>', 20),
    )
    const second = read(text).blocks[0]?.objects[1]?.properties.map((p) => [p.name, p.items ?? p.text])
    expect(second).toEqual([
      ['SmartHosts', ['a']],
      ['Id', 'c'],
      ['Name', 'd'],
    ])
  })

  it('escapes in names and values, primitives as PowerShell prints them', () => {
    const text = objs(
      typed(
        SEND,
        `<Props><S N="A_x0020_B">x_x000D__x000A_y_x005F_x0041_ _xD83D__xDE00_</S><TS N="T">P1DT2H3M4.5S</TS><I64 N="L">9007199254740993</I64>
        <DT N="D">2026-03-01T10:00:00.1234567+01:00</DT><G N="G">0b1c</G><Db N="N">NaN</Db><URI N="U">http://x/?a=1&amp;b</URI><Version N="V">15.2</Version></Props>`,
      ),
    )
    expect(first(text)).toEqual({
      'A B': 'x\r\ny_x0041_ 😀',
      T: '1.02:03:04.5000000',
      L: '9007199254740993',
      D: '2026-03-01T10:00:00.1234567+01:00',
      G: '0b1c',
      N: 'NaN',
      U: 'http://x/?a=1&b',
      V: '15.2',
    })
  })
})

describe('what is left out', () => {
  it('secrets of every form, with a notice', () => {
    const text = objs(
      typed(
        SEND,
        `<Props><SS N="Password">01000000d08c</SS><Obj N="AuthenticationCredential" RefId="1"><TN RefId="1"><T>System.Management.Automation.PSCredential</T></TN>
        <ToString>System.Management.Automation.PSCredential</ToString><Props><S N="UserName">relay@contoso.com</S><SS N="Password">0100dead</SS></Props></Obj><S N="Name">x</S></Props>`,
      ),
    )
    const { notices, blocks } = read(text)
    expect(first(text)).toEqual({ Name: 'x' })
    expect(notices.map((n) => [n.code, n.property])).toEqual([
      ['personal-data-ignored', 'Password'],
      ['personal-data-ignored', 'AuthenticationCredential'],
    ])
    expect(JSON.stringify(blocks) + JSON.stringify(notices)).not.toMatch(/0100dead|d08c|relay@/)
  })

  it('documents written out inside an object', () => {
    const text = objs(
      typed(
        SEND,
        `<Props><XD N="Xml">&lt;a/&gt;</XD><Obj N="Doc" RefId="1"><TN RefId="1"><T>System.Xml.XmlDocument</T></TN><Props><S N="Secret">x</S></Props></Obj>
        <Obj N="Probe" RefId="2"><Responder><Props><S N="Name">inner</S></Props></Responder><ToString>text</ToString></Obj><S N="Name">x</S></Props>`,
      ),
    )
    expect(first(text)).toEqual({ Probe: 'text', Name: 'x' })
  })
})

describe('streams and other things', () => {
  it('errors are told, progress and the objects of it are not', () => {
    const text = `#< CLIXML\n${objs(
      '<Obj S="progress" RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T></TN><MS><I64 N="SourceId">1</I64><S N="Name">x</S><S N="Bindings">y</S></MS></Obj>' +
        '<S S="Error">Get-SendConnector : Access is denied._x000D__x000A_</S>\n<S S="Error">At line:1 char:1_x000D__x000A_</S>',
    )}`
    expect(read(text)).toMatchObject({
      notices: [
        {
          code: 'command-failed',
          level: 'warning',
          line: 2,
          params: { command: 'Get-SendConnector', message: 'Get-SendConnector : Access is denied. At line:1 char:1' },
        },
      ],
    })
  })

  it('a warning that only the first results came', () => {
    const text = objs(
      '<S S="warning">There are more results available than are currently displayed for Get-TransportRule.</S>',
    )
    expect(read(text).notices).toMatchObject([{ code: 'results-limited', params: { command: 'Get-TransportRule' } }])
  })

  it('several documents in one text', () => {
    const one = printClixml([{ type: SEND, properties: { Name: 'a', Enabled: true } }])
    const two = printClixml([{ type: SEND, properties: { Name: 'b', Enabled: true } }])
    const { blocks, notices } = read(`${one}#< CLIXML\n${two}`)
    expect([blocks[0]?.objects.length, notices]).toEqual([2, []])
    expect(blocks[0]?.objects[1]?.lines[0]).toBe(one.split('\n').length + 2)
    expect(read(`${one}and more`).notices).toMatchObject([{ code: 'source-cut' }])
  })

  it('an empty listing is one, a text alone is none', () => {
    expect(read(objs('')).blocks).toMatchObject([{ collection: null, objects: [] }])
    expect(read(`<Objs Version="1.1.0.1" xmlns="${NS}" />`).blocks).toMatchObject([{ objects: [] }])
    expect(read(objs('<S>Windows Server</S>')).blocks).toEqual([])
  })

  it('instructions for a layout are refused by name', () => {
    const type = 'Microsoft.PowerShell.Commands.Internal.Format.FormatStartData'
    expect(read(objs(typed(type, '<Props><S N="a">b</S></Props>'))).notices).toMatchObject([
      { code: 'format-objects', level: 'error', line: 1 },
    ])
  })
})

describe('certificates', () => {
  const type = 'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate'
  const RawData = {
    bytes: makeCertificate({ subject: [['2.5.4.3', 'mail.contoso.com']], usages: ['1.3.6.1.5.5.7.3.1'] }),
  }
  const data = {
    services: 24,
    status: 1,
    rootCAType: 3,
    identity: 'EX01\\AB',
    hasPrivateKey: true,
    friendlyName: 'web',
  }

  it.each([false, true])('come whole with what remoting adds; signed: %s', (signed) => {
    const SerializationData = { bytes: makeSerializationData({ ...data, signed }) }
    const { blocks, notices } = read(printClixml([{ type, properties: { RawData }, members: { SerializationData } }]))
    expect(notices).toEqual([])
    expect(blocks).toMatchObject([{ collection: 'certificates', completeness: 'full' }])
    expect(blocks[0]?.objects[0]?.properties.find((p) => p.name === 'FriendlyName')?.text).toBe('web')
    expect(blocks[0]?.objects[0]?.properties.find((p) => p.name === 'EnhancedKeyUsageList')?.items).toHaveLength(1)
  })

  it('without it nothing is said about services, and that is said', () => {
    const { blocks, notices } = read(printClixml([{ type, properties: { RawData } }]))
    expect(blocks).toMatchObject([{ completeness: 'projection' }])
    expect(notices).toMatchObject([{ code: 'certificate-services-unknown', line: 2, params: { count: 1 } }])
  })

  it('of which the text alone is left', () => {
    const own =
      '[Subject]_x000D__x000A_  CN=mail.contoso.com, O="Contoso, Inc."_x000D__x000A__x000D__x000A_[Issuer]_x000D__x000A_  CN=Example CA_x000D__x000A__x000D__x000A_[Serial Number]_x000D__x000A_  22AE_x000D__x000A__x000D__x000A_[Not Before]_x000D__x000A_  01.02.2026 10:00:00_x000D__x000A__x000D__x000A_[Not After]_x000D__x000A_  01.02.2027 10:00:00_x000D__x000A__x000D__x000A_[Thumbprint]_x000D__x000A_  00112233445566778899AABBCCDDEEFF00112233_x000D__x000A_'
    const expected = {
      Subject: 'CN=mail.contoso.com, O="Contoso, Inc."',
      Issuer: 'CN=Example CA',
      SerialNumber: '22AE',
      NotBefore: '01.02.2026 10:00:00',
      NotAfter: '01.02.2027 10:00:00',
      Thumbprint: '00112233445566778899AABBCCDDEEFF00112233',
    }
    expect(first(objs(`<S>${own}</S>`))).toEqual(expected)
    expect(first(objs(typed(type, `<ToString>${own}</ToString>`)))).toEqual(expected)
    const nested = objs(`<Obj RefId="0"><LST><S>${own}</S></LST></Obj>`)
    expect(read(nested).blocks).toMatchObject([{ collection: 'certificates', completeness: 'projection' }])
  })
})
