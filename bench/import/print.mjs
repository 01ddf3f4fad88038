// The same objects as the four kinds of export print them. Sessions run in UTC and in German; lists are not cut.

const germanDate = (iso) => `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)} ${iso.slice(11, 19)}`

const kindOf = (v) =>
  v === null ? 'null' : Array.isArray(v) ? 'list' : typeof v === 'object' ? ('date' in v ? 'date' : 'named') : typeof v
function plainText(v) {
  switch (kindOf(v)) {
    case 'null':
      return ''
    case 'boolean':
      return v ? 'True' : 'False'
    case 'date':
      return germanDate(v.date)
    case 'named':
      return v.named
    default:
      return String(v)
  }
}

export function printList(objects) {
  const lines = ['']
  for (const object of objects) {
    const names = Object.keys(object)
    const label = Math.max(...names.map((n) => n.length))
    lines.push('')
    for (const name of names) {
      const v = object[name]
      lines.push(`${name.padEnd(label)} : ${Array.isArray(v) ? `{${v.join(', ')}}` : plainText(v)}`)
    }
    lines.push('')
  }
  return `${[...lines, '', ''].join('\r\n')}`
}

const quoted = (text) => `"${text.replaceAll('"', '""')}"`
/** Export-Csv of Windows PowerShell: lists become the name of their type. */
export function printCsv(objects, type) {
  const names = Object.keys(objects[0])
  const rows = objects.map((o) =>
    names
      .map((n) =>
        quoted(Array.isArray(o[n]) ? 'Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]' : plainText(o[n])),
      )
      .join(','),
  )
  return [`#TYPE ${type}`, names.map(quoted).join(','), ...rows, ''].join('\r\n')
}

const jsonValue = (v) => (kindOf(v) === 'date' ? `${v.date}Z` : kindOf(v) === 'named' ? v.named : v)
/** ConvertTo-Json of PowerShell 7 over the texts that remoting leaves. */
export const printJson = (objects) =>
  JSON.stringify(
    objects.map((o) => Object.fromEntries(Object.entries(o).map(([n, v]) => [n, jsonValue(v)]))),
    null,
    2,
  )

const escaped = (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What remoting adds to every object that has no simple type: the object once more, as bytes. */
const serialized = Buffer.from(Array.from({ length: 450 }, (_, i) => (i * 7919) % 251)).toString('base64')
const enumerations = new Set(
  'AuthMechanism PermissionGroups ProtocolLoggingLevel MessageRateSource ExtendedProtectionPolicy TransportRole SizeEnabled ObjectState ConnectorType ErrorPolicies Region SmartHostAuthMechanism Edition ServerRole'.split(
    ' ',
  ),
)

/** Export-Clixml in the Exchange Management Shell: lists of objects with a text and properties of their own, types named once. */
export function printClixml(objects, type, certificates, serialize) {
  const out = ['<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">']
  const types = new Map()
  let reference = 0
  const typeName = (t, pad) => {
    const known = types.get(t)
    if (known !== undefined) out.push(`${pad}<TNRef RefId="${known}" />`)
    else {
      types.set(t, types.size)
      out.push(
        `${pad}<TN RefId="${types.size - 1}">`,
        `${pad}  <T>${escaped(t)}</T>`,
        `${pad}  <T>System.Object</T>`,
        `${pad}</TN>`,
      )
    }
  }
  const item = (t, text, pad, attribute = '', isEnumeration = false) => {
    out.push(`${pad}<Obj${attribute} RefId="${reference++}">`)
    typeName(t, `${pad}  `)
    if (isEnumeration)
      return out.push(`${pad}  <ToString>${escaped(text)}</ToString>`, `${pad}  <I32>0</I32>`, `${pad}</Obj>`)
    out.push(
      `${pad}  <ToString>${escaped(text)}</ToString>`,
      `${pad}  <Props>`,
      `${pad}    <S N="Value">${escaped(text)}</S>`,
      `${pad}    <B N="IsValid">true</B>`,
      `${pad}  </Props>`,
      `${pad}  <MS>`,
      `${pad}    <BA N="SerializationData">${serialized}</BA>`,
      `${pad}  </MS>`,
      `${pad}</Obj>`,
    )
  }
  const value = (name, v) => {
    const n = ` N="${name}"`
    const pad = '      '
    switch (kindOf(v)) {
      case 'null':
        return out.push(`${pad}<Nil${n} />`)
      case 'boolean':
        return out.push(`${pad}<B${n}>${v}</B>`)
      case 'number':
        return out.push(`${pad}<I32${n}>${v}</I32>`)
      case 'date':
        return out.push(`${pad}<DT${n}>${v.date}Z</DT>`)
      case 'named':
        return item(`Microsoft.Exchange.Data.${name}`, v.named, pad, n, enumerations.has(name))
      case 'list':
        out.push(`${pad}<Obj${n} RefId="${reference++}">`)
        typeName(`Microsoft.Exchange.Data.MultiValuedProperty\`1[[${name}]]`, `${pad}  `)
        out.push(v.length === 0 ? `${pad}  <LST />` : `${pad}  <LST>`)
        for (const i of v) item(`Microsoft.Exchange.Data.Item.${name}`, i, `${pad}    `)
        if (v.length > 0) out.push(`${pad}  </LST>`)
        return out.push(`${pad}</Obj>`)
      default:
        return out.push(`${pad}<S${n}>${escaped(String(v))}</S>`)
    }
  }
  objects.forEach((o, i) => {
    out.push(`  <Obj RefId="${reference++}">`)
    typeName(type, '    ')
    const c = certificates?.[i]
    out.push(
      `    <ToString>${escaped(c === undefined ? plainText(o.Identity) : o.Thumbprint)}</ToString>`,
      '    <Props>',
    )
    if (c === undefined) for (const [name, v] of Object.entries(o)) value(name, v)
    else out.push(`      <BA N="RawData">${Buffer.from(c.der).toString('base64')}</BA>`)
    out.push(
      '    </Props>',
      '    <MS>',
      '      <S N="PSComputerName">ex001.corp.contoso.com</S>',
      '      <B N="PSShowComputerName">false</B>',
    )
    if (c !== undefined)
      out.push(`      <BA N="SerializationData">${Buffer.from(serialize(c)).toString('base64')}</BA>`)
    out.push('    </MS>', '  </Obj>')
  })
  return [...out, '</Objs>', ''].join('\r\n')
}
