import { expect, it } from 'vitest'
import { configOf } from '../testing/objects'
import { once, oncePer, oncePerObject } from './once'

it('works out once for each config, also what is undefined', () => {
  let count = 0
  const ask = once(() => {
    count += 1
    return undefined
  })
  const [a, b] = [configOf({}), configOf({})]
  expect([ask(a), ask(a), ask(b), count]).toEqual([undefined, undefined, undefined, 2])
})

it('works out once for each key', () => {
  const asked: string[] = []
  const ask = oncePer((_, key: string) => asked.push(key))
  const config = configOf({})
  expect([ask(config, 'x'), ask(config, 'x'), ask(config, 'y')]).toEqual([1, 1, 2])
  expect(ask(configOf({}), 'x')).toBe(3)
})

it('works out once for each object', () => {
  let count = 0
  const ask = oncePerObject(() => ++count)
  const [a, b] = [{}, {}]
  expect([ask(a), ask(a), ask(b)]).toEqual([1, 1, 2])
})
