import { contains, type ReceiveConnector } from '../model'
import { type Fact, fact } from './fact'

/** Does the connector listen on the port? */
export const listensOn = (c: ReceiveConnector, port: number): Fact =>
  fact(
    contains(c.bindings, (b) => b.port === port),
    c.bindings,
  )

/** Does it listen on any other port? */
export const listensBeside = (c: ReceiveConnector, port: number): Fact =>
  fact(
    contains(c.bindings, (b) => b.port !== port),
    c.bindings,
  )
