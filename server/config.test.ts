import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLoopback, readConfig } from './config.ts'

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      databaseUrl: null,
      databaseOwnerUrl: null,
      dataDir: resolve('.docket'),
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      logLevel: 'info',
    })
  })

  it('lists every wrong variable at once', () => {
    const read = () =>
      readConfig({
        PORT: 'http',
        PUBLIC_URL: 'docket.example.org',
        LOG_LEVEL: 'loud',
        LEASE_MS: '5',
        DATABASE_OWNER_URL: 'postgres://owner@db/docket',
      })
    expect(read).toThrow(/PORT must be a port number/)
    expect(read).toThrow(/PUBLIC_URL must be an address/)
    expect(read).toThrow(/LOG_LEVEL must be one of/)
    expect(read).toThrow(/DATABASE_OWNER_URL needs DATABASE_URL/)
    expect(read).toThrow(/LEASE_MS must be at least 10000 milliseconds/)
  })

  it('never repeats a wrong value, which may be a secret', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://root:hunter2@db/docket' })).toThrow(/^(?!.*hunter2)/s)
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ' })).toMatchObject({ port: 3000, publicUrl: null })
  })

  it('migrates as the server when no owner is named', () => {
    const url = 'postgres://docket:secret@db.example.org/docket'
    expect(readConfig({ DATABASE_URL: url })).toMatchObject({ databaseUrl: url, databaseOwnerUrl: url })
  })

  it('refuses an owner without a database', () => {
    const read = () => readConfig({ DATABASE_OWNER_URL: 'postgres://owner@db/docket' })
    expect(read).toThrow('DATABASE_OWNER_URL needs DATABASE_URL')
  })

  it('keeps only the origin of the public address', () => {
    expect(readConfig({ PUBLIC_URL: 'https://docket.example.org/' }).publicUrl).toBe('https://docket.example.org')
    expect(() => readConfig({ PUBLIC_URL: 'https://example.org/docket' })).toThrow('without a path')
  })

  it('believes the proxies that are named, and no others', () => {
    expect(readConfig({}).trustedProxies).toEqual(['loopback'])
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, fd00::1' }).trustedProxies).toEqual(['10.0.0.0/8', 'fd00::1'])
    expect(() => readConfig({ TRUSTED_PROXIES: '10.0.0.0/33' })).toThrow(
      'TRUSTED_PROXIES must be addresses or networks',
    )
    expect(() => readConfig({ TRUSTED_PROXIES: 'everybody' })).toThrow('TRUSTED_PROXIES must be addresses or networks')
  })

  it('reaches out to nobody but the hosts that are named', () => {
    expect(readConfig({})).toMatchObject({ fetchMediaFrom: [], privateHosts: [] })
    const read = readConfig({
      FETCH_MEDIA_FROM: 'cdn.example.org, *.Example.net',
      PRIVATE_HOSTS: 'receiver:8443,10.0.0.7',
    })
    expect(read.fetchMediaFrom).toEqual(['cdn.example.org', '*.example.net'])
    expect(read.privateHosts).toEqual(['receiver:8443', '10.0.0.7'])
    expect(() => readConfig({ FETCH_MEDIA_FROM: 'https://cdn.example.org/' })).toThrow('FETCH_MEDIA_FROM must be host')
    expect(() => readConfig({ PRIVATE_HOSTS: 'http://receiver' })).toThrow('PRIVATE_HOSTS must be hosts')
  })

  it('asks for the public address when it listens everywhere', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow('PUBLIC_URL must be set when HOST is 0.0.0.0')
    expect(readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'https://docket.example.org' }).host).toBe('0.0.0.0')
  })
})

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost'])('knows %s as this computer only', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each(['0.0.0.0', '::', '192.168.1.4', 'docket.example.org', '127.example.org'])('knows %s as open', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})
