export { ByHand } from './by-hand'
export { noWishes, wishesOf } from './command-line'
export { Script, scriptHref } from './script'
export { LazySource, SourceText } from './source'
