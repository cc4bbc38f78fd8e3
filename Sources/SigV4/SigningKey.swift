import Crypto
import Synchronization

/// The key derived from a secret for one scope; signs requests, chunks and policies.
public struct SigningKey: Sendable {
  private let key: HMACKey

  /// Derives the key: four HMACs, about 5 µs.
  public init(secret: String, date: String, region: String, service: String) {
    var code = Array(HMACKey(Array("AWS4".utf8) + Array(secret.utf8)).code(for: Array(date.utf8)))
    code = Array(HMACKey(code).code(for: Array(region.utf8)))
    code = Array(HMACKey(code).code(for: Array(service.utf8)))
    code = Array(HMACKey(code).code(for: Array(CredentialScope.terminator.utf8)))
    key = HMACKey(code)
  }

  /// The signature of `stringToSign` in hexadecimal.
  public func signature(of stringToSign: some Sequence<UInt8>) -> String {
    String(decoding: signatureBytes(of: Array(stringToSign)), as: UTF8.self)
  }

  /// The 64 hexadecimal digits of the signature.
  func signatureBytes(of stringToSign: [UInt8]) -> [UInt8] {
    let code = key.code(for: stringToSign)
    return ByteText.hex(code)
  }
}

/// Derived keys that were used lately.
///
/// Shared by all connections: a `Mutex` guards two dictionaries, and nothing but a look-up or an insertion happens
/// under it; keys are derived outside. Bounded: when the younger generation is full, the older one is dropped and the
/// younger takes its place, so that what is in use stays. An entry is good only for the very secret it was derived from.
public final class SigningKeyCache: Sendable {
  private struct Identity: Hashable {
    var accessKeyID: String
    var date: String
    var region: String
    var service: String

    /// Regions and services are few for one key and day: hashing them would cost more than the rare collision.
    func hash(into hasher: inout Hasher) {
      hasher.combine(accessKeyID)
      hasher.combine(date)
    }
  }

  private struct Entry {
    var secret: String
    var key: SigningKey
  }

  private struct Generations {
    var young: [Identity: Entry] = [:]
    var old: [Identity: Entry] = [:]
  }

  private let generations = Mutex(Generations())
  private let generationSize: Int

  /// A cache of at most `capacity` keys (about 600 bytes each).
  public init(capacity: Int = 4096) { generationSize = max(1, capacity / 2) }

  /// The number of keys held; at most the capacity.
  public var count: Int { generations.withLock { $0.young.count + $0.old.count } }

  /// The signing key of `secret` for the day, region and service of `scope`. O(1).
  public func key(accessKeyID: String, secret: String, scope: CredentialScope) -> SigningKey {
    let identity = Identity(
      accessKeyID: accessKeyID, date: scope.date, region: scope.region, service: scope.service)
    let found = generations.withLock { generations -> Entry? in
      if let entry = generations.young[identity] { return entry }
      guard let entry = generations.old[identity] else { return nil }
      insert(entry, as: identity, in: &generations)
      return entry
    }
    if let found, found.secret == secret { return found.key }
    let key = SigningKey(secret: secret, date: scope.date, region: scope.region, service: scope.service)
    generations.withLock { insert(Entry(secret: secret, key: key), as: identity, in: &$0) }
    return key
  }

  /// Forgets all keys.
  public func removeAll() { generations.withLock { $0 = Generations() } }

  private func insert(_ entry: Entry, as identity: Identity, in generations: inout Generations) {
    if generations.young[identity] == nil, generations.young.count >= generationSize {
      generations.old = generations.young
      generations.young = [:]
    }
    generations.young[identity] = entry
    generations.old[identity] = nil
  }
}
