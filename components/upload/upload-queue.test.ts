import { describe, expect, it, vi } from 'vitest'
import { Refusal, type Transport, Unreachable, UploadQueue } from './upload-queue'

const file = (name: string, size = 3) => ({ name, file: new Blob([new Uint8Array(size)]) })

function setUp(send: Transport['send'], stored: Transport['stored'] = async () => []) {
  const transport: Transport = { send: vi.fn(send), stored, pause: async () => {} }
  const queue = new UploadQueue(transport, ({ file }) => (file.size > 100 ? { detail: 'too large' } : null))
  const states = () => queue.snapshot().map((i) => `${i.name} ${i.state}`)
  return { queue, transport, states }
}
const ok: Transport['send'] = async (name) => ({ id: `id-${name}` })

describe('UploadQueue', () => {
  it('sends three files at a time', async () => {
    const open: (() => void)[] = []
    const { queue, transport } = setUp((name) => new Promise((done) => open.push(() => done({ id: name }))))
    queue.add(['a', 'b', 'c', 'd', 'e'].map((n) => file(n)))
    expect(transport.send).toHaveBeenCalledTimes(3)
    open[0]?.()
    await vi.waitFor(() => expect(transport.send).toHaveBeenCalledTimes(4))
  })

  it('keeps a file until the server answers', async () => {
    let attempts = 0
    const { queue, states } = setUp(async (name) => {
      if (++attempts < 3) throw new Unreachable()
      return { id: name }
    })
    queue.add([file('a')])
    await vi.waitFor(() => expect(states()).toEqual(['a stored']))
    expect(attempts).toBe(3)
  })

  it('does not send twice what arrived before the answer was lost', async () => {
    const { queue, transport, states } = setUp(
      async () => {
        throw new Unreachable()
      },
      async () => [{ id: 'u1', name: 'a', bytes: 3 }],
    )
    queue.add([file('a')])
    await vi.waitFor(() => expect(states()).toEqual(['a stored']))
    expect(transport.send).toHaveBeenCalledTimes(1)
  })

  it('says why a file was refused, and goes on with the others', async () => {
    const { queue, states } = setUp(async (name) => {
      if (name === 'a') throw new Refusal({ title: 'Disk full', detail: 'No space.' })
      return { id: name }
    })
    queue.add([file('a'), file('b'), file('c'), file('d')])
    await vi.waitFor(() => expect(states()).toEqual(['a refused', 'b stored', 'c stored', 'd stored']))
    expect(queue.snapshot()[0]?.problem).toEqual({ title: 'Disk full', detail: 'No space.' })
  })

  it('does not send what is too large', () => {
    const { queue, transport, states } = setUp(ok)
    queue.add([file('big', 101)])
    expect(states()).toEqual(['big refused'])
    queue.retry(1)
    expect(transport.send).not.toHaveBeenCalled()
  })

  it('stops a file that is removed, and starts the next', async () => {
    const signals: AbortSignal[] = []
    const { queue, transport } = setUp((_, __, ___, signal) => {
      signals.push(signal)
      return new Promise(() => {})
    })
    queue.add([file('a'), file('b'), file('c'), file('d')])
    queue.remove(1)
    expect(signals[0]?.aborted).toBe(true)
    expect(transport.send).toHaveBeenCalledTimes(4)
  })

  it('forgets what the page shows by now', async () => {
    const { queue, states } = setUp(ok)
    queue.add([file('a'), file('b')])
    await vi.waitFor(() => expect(states()).toEqual(['a stored', 'b stored']))
    queue.settle(new Set(['id-a']))
    expect(states()).toEqual(['b stored'])
  })
})
