/** Version of the core, as reports carry it. */
export const toolVersion = '0.1.0'
