export * from './fix'
export * from './powershell'
export * from './receive-connector'
