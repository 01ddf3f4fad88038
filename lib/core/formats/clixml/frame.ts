import { type Types, untyped } from './kinds'
import { type Member, primitives, type Value } from './value'

export type Role = 'root' | 'object' | 'members' | 'list' | 'names' | 'name' | 'string' | 'value' | 'other'

const roles = new Map<string, Role>([
  ['Objs', 'root'],
  ['Obj', 'object'],
  ['Props', 'members'],
  ['MS', 'members'],
  ['LST', 'list'],
  ['IE', 'list'],
  ['STK', 'list'],
  ['QUE', 'list'],
  ['TN', 'names'],
  ['T', 'name'],
  ['ToString', 'string'],
  ...primitives.map((tag) => [tag, 'value'] as const),
])

/** One open element. Frames are used again for the next element of the same depth. */
export type Frame = {
  tag: string
  role: Role
  name: string | null
  reference: string | null
  stream: string | null
  line: number
  text: string
  ownText: string | null
  inner: Value | null
  types: Types
  typeNames: string[] | null
  items: string[] | null
  isPartial: boolean
  members: Member[]
  children: number
}

export const noMembers: Member[] = []

export const newFrame = (): Frame => ({
  tag: '',
  role: 'other',
  name: null,
  reference: null,
  stream: null,
  line: 1,
  text: '',
  ownText: null,
  inner: null,
  types: untyped,
  typeNames: null,
  items: null,
  isPartial: false,
  members: noMembers,
  children: 0,
})

/** Where a value may stand. */
export const isPlace = (f: Frame): boolean =>
  f.role === 'members' || f.role === 'list' || f.role === 'root' || f.role === 'object'

/** An element is only what it is called where CLIXML has it: XML documents are written out inside objects, with names of their own. */
export function roleOf(tag: string, parent: Frame | undefined): Role {
  if (parent === undefined) return tag === 'Objs' ? 'root' : 'other'
  const role = roles.get(tag) ?? 'other'
  switch (parent.role) {
    case 'root':
    case 'members':
    case 'list':
      return role === 'object' || role === 'value' ? role : 'other'
    case 'object':
      return parent.types.isXml && role !== 'names' ? 'other' : role
    case 'names':
      return role === 'name' ? role : 'other'
    default:
      return 'other'
  }
}
