import type { ConfigObject, IpRange } from '../../model'
import type { Reader } from '../typed'

/** Work that all objects of a build share: equal range texts are read once. */
export type Shared = { readonly range: (text: string) => IpRange | undefined }

/** Puts the typed properties of a kind beside the common ones. */
export type Make<T extends ConfigObject> = (o: ConfigObject, r: Reader, shared: Shared) => T
