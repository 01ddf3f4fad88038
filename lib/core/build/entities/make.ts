import type { Binding, ConfigObject, IpRange, TlsDomainCapability } from '../../model'
import type { Reader } from '../typed'

/** Work that all objects of a build share: equal texts are read once. */
export type Shared = {
  readonly range: (text: string) => IpRange | undefined
  readonly binding: (text: string) => Binding | undefined
  readonly capability: (text: string) => TlsDomainCapability | undefined
}

/** Puts the typed properties of a kind beside the common ones. */
export type Make<T extends ConfigObject> = (o: ConfigObject, r: Reader, shared: Shared) => T
