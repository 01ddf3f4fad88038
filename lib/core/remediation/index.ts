export * from './fix'
export * from './powershell'
export * from './receive-connector'
export * from './tls-domain-capabilities'
