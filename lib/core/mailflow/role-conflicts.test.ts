import { describe, expect, it } from 'vitest'
import { type ConnectorSpec, configOf, receiveConnector } from '../testing/objects'
import { maySharePort, openRoles, roleConflicts } from './role-conflicts'

const hub = { role: 'HubTransport' }
const setup = (...specs: readonly ConnectorSpec[]) => configOf({ receiveConnectors: specs.map(receiveConnector) })
const pairs = (...specs: readonly ConnectorSpec[]) =>
  roleConflicts(setup(...specs), 'EX01').map(({ a, b, port }) => `${[a.name, b.name].sort().join('+')} ${port}`)
const open = (...specs: readonly ConnectorSpec[]) => openRoles(setup(...specs), 'EX01').map((c) => c.name)

describe('roleConflicts', () => {
  it.each([
    ['one port', {}, hub, ['A+B 25']],
    ['ranges that never meet', { ranges: ['10.0.0.1'] }, { ...hub, ranges: ['10.0.0.2'] }, ['A+B 25']],
    ['one address and all', { bindings: ['10.0.0.5:25'] }, hub, ['A+B 25']],
    ['all and one address', {}, { ...hub, bindings: ['10.0.0.5:25'] }, ['A+B 25']],
    ['the same address', { bindings: ['10.0.0.5:25'] }, { ...hub, bindings: ['10.0.0.5:25'] }, ['A+B 25']],
    ['two addresses', { bindings: ['10.0.0.5:25'] }, { ...hub, bindings: ['10.0.0.6:25'] }, []],
    ['two ports', {}, { ...hub, bindings: ['0.0.0.0:2525'] }, []],
    ['two families', {}, { ...hub, bindings: ['[::]:25'] }, []],
    ['one role', hub, hub, []],
    ['the role of one not printed', {}, { role: null }, []],
    ['one of them disabled', { enabled: false }, hub, ['A+B 25']],
  ] as const)('%s', (_, a, b, expected) => {
    expect(pairs({ name: 'A', ...(a as object) }, { name: 'B', ...(b as object) })).toEqual(expected)
  })

  it('names each pair once, and ends on thousands', () => {
    const both = { bindings: ['0.0.0.0:25', '[::]:25'] }
    expect(pairs({ name: 'A', ...both }, { name: 'B', ...both, ...hub })).toEqual(['A+B 25'])
    const many = Array.from({ length: 3000 }, (_, i) => ({
      name: `C${i}`,
      role: i % 2 ? 'HubTransport' : 'FrontendTransport',
    }))
    expect(pairs(...many)).toHaveLength(200)
  })

  it('keeps servers apart', () => expect(pairs({ name: 'A' }, { name: 'B', server: 'EX02', ...hub })).toEqual([]))
})

describe('openRoles', () => {
  it.each([
    ['all is known', {}, hub, []],
    ['a role is missing on a shared port', { role: null }, hub, ['A']],
    ['both are missing', { role: null }, { role: null }, ['A', 'B']],
    ['a role is missing on a port of its own', { role: null, bindings: ['0.0.0.0:587'] }, hub, []],
    ['bindings are missing, other role', { bindings: null }, hub, ['A']],
    ['bindings are missing, same role', { bindings: null }, {}, []],
    ['an Edge has no roles', { role: null, side: 'edge' }, { ...hub, side: 'edge' }, []],
  ] as const)('%s', (_, a, b, expected) => {
    expect(open({ name: 'A', ...(a as object) }, { name: 'B', ...(b as object) })).toEqual(expected)
  })
})

it('tells whether two may share a port', () => {
  const at = (bindings: readonly string[] | null) => receiveConnector({ name: 'A', bindings })
  expect(maySharePort(at(['10.0.0.1:25']), at(['0.0.0.0:25']))).toBe('yes')
  expect(maySharePort(at(['10.0.0.1:25']), at(['10.0.0.2:25', '0.0.0.0:26']))).toBe('no')
  expect(maySharePort(at(['10.0.0.1:25']), at(null))).toBe('unknown')
})
