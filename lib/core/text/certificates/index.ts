export * from './bytes'
export * from './certificate'
export * from './nrbf'
export * from './x509'
