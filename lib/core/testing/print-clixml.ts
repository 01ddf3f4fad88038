/** A value as Export-Clixml gets it. Text stands for what has a ToString; `list` for a collection; `number` for an enumeration's. */
export type ClixmlValue =
  | string
  | boolean
  | null
  | { readonly list: readonly string[] }
  | { readonly text: string; readonly number?: number }
  | { readonly date: string }
  | { readonly bytes: Uint8Array }

export type ClixmlObject = {
  readonly type: string
  readonly properties: Readonly<Record<string, ClixmlValue>>
  readonly members?: Readonly<Record<string, ClixmlValue>>
}

const escapeText = (s: string): string =>
  s
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/\s/g, (c) => (c === ' ' ? c : `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Prints objects as Export-Clixml does: nested elements, type names given once and referred to later. */
export function printClixml(objects: readonly ClixmlObject[]): string {
  let reference = 0
  const types = new Map<string, number>()
  const lines: string[] = ['<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">']
  const typeNames = (type: string, pad: string): void => {
    const known = types.get(type)
    if (known !== undefined) {
      lines.push(`${pad}<TNRef RefId="${known}" />`)
      return
    }
    types.set(type, types.size)
    lines.push(
      `${pad}<TN RefId="${types.size - 1}">`,
      `${pad}  <T>${escapeText(type)}</T>`,
      `${pad}  <T>System.Object</T>`,
      `${pad}</TN>`,
    )
  }
  const value = (name: string, v: ClixmlValue, pad: string): void => {
    const n = ` N="${escapeText(name)}"`
    if (v === null) lines.push(`${pad}<Nil${n} />`)
    else if (typeof v === 'string') lines.push(`${pad}<S${n}>${escapeText(v)}</S>`)
    else if (typeof v === 'boolean') lines.push(`${pad}<B${n}>${v}</B>`)
    else if ('date' in v) lines.push(`${pad}<DT${n}>${v.date}</DT>`)
    else if ('bytes' in v) lines.push(`${pad}<BA${n}>${base64(v.bytes)}</BA>`)
    else if ('list' in v) {
      lines.push(`${pad}<Obj${n} RefId="${reference++}">`)
      typeNames(`Microsoft.Exchange.Data.MultiValuedProperty.${name}`, `${pad}  `)
      if (v.list.length === 0) lines.push(`${pad}  <LST />`)
      else {
        lines.push(`${pad}  <LST>`)
        for (const item of v.list) {
          lines.push(`${pad}    <Obj RefId="${reference++}">`)
          typeNames(`Microsoft.Exchange.Data.Item.${name}`, `${pad}      `)
          lines.push(
            `${pad}      <ToString>${escapeText(item)}</ToString>`,
            `${pad}      <Props>`,
            `${pad}        <S N="Other">x</S>`,
            `${pad}      </Props>`,
            `${pad}    </Obj>`,
          )
        }
        lines.push(`${pad}  </LST>`)
      }
      lines.push(`${pad}</Obj>`)
    } else {
      lines.push(`${pad}<Obj${n} RefId="${reference++}">`)
      typeNames(`Microsoft.Exchange.Data.${name}`, `${pad}  `)
      lines.push(`${pad}  <ToString>${escapeText(v.text)}</ToString>`)
      if (v.number !== undefined) lines.push(`${pad}  <I32>${v.number}</I32>`)
      lines.push(`${pad}</Obj>`)
    }
  }
  for (const o of objects) {
    lines.push(`  <Obj RefId="${reference++}">`)
    typeNames(o.type, '    ')
    lines.push('    <Props>')
    for (const [name, v] of Object.entries(o.properties)) value(name, v, '      ')
    lines.push('    </Props>')
    if (o.members) {
      lines.push('    <MS>')
      for (const [name, v] of Object.entries(o.members)) value(name, v, '      ')
      lines.push('    </MS>')
    }
    lines.push('  </Obj>')
  }
  return `${[...lines, '</Objs>'].join('\n')}\n`
}
