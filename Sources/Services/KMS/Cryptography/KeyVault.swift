import Cloud
import Crypto
import Foundation
import Synchronization
import Wire

/// Opens and closes key material: on disk it is encrypted with the root key, in memory it is kept for use.
///
/// State: opened secrets by material id in a `Mutex`, forgotten all together when they have become many.
final class KeyVault: Sendable {
  private let root: RootKey
  private let opened = Mutex<[String: OpenedKey]>([:])
  private static let capacity = 1024

  /// A secret that is ready for use.
  enum OpenedKey: Sendable {
    case secret(SymmetricKey)
    case pair(KeyPair)
  }

  init(_ root: RootKey) { self.root = root }

  /// Encrypts `secret` for the disk; only the material of this id can be opened from it.
  func wrap(_ secret: some DataProtocol, of id: String) throws(AWSError) -> Data {
    do {
      let box = try AES.GCM.seal(Data(secret), using: root.value(), authenticating: Data(id.utf8))
      guard let bytes = box.combined else { throw AWSError.internalFailure() }
      return bytes
    } catch let error as AWSError { throw error } catch { throw .internalFailure("\(error)") }
  }

  /// A symmetric or HMAC key's secret.
  func secret(_ material: KeyRecord.Material) throws(AWSError) -> SymmetricKey {
    if case .secret(let key)? = opened.withLock({ $0[material.id] }) { return key }
    let key = SymmetricKey(data: try bytes(material))
    keep(.secret(key), material.id)
    return key
  }

  /// A key pair.
  func pair(_ material: KeyRecord.Material, _ spec: KeySpecification) throws(AWSError) -> KeyPair {
    if case .pair(let pair)? = opened.withLock({ $0[material.id] }) { return pair }
    let pair = try KeyPair(spec, pkcs8: try bytes(material))
    keep(.pair(pair), material.id)
    return pair
  }

  /// Forgets an opened secret, when its material was deleted.
  func forget(_ id: String) { opened.withLock { $0[id] = nil } }

  func bytes(_ material: KeyRecord.Material) throws(AWSError) -> Data {
    do {
      return try AES.GCM.open(
        AES.GCM.SealedBox(combined: material.wrapped), using: root.value(), authenticating: Data(material.id.utf8))
    } catch let error as AWSError { throw error } catch {
      throw AWSError(
        "KMSInternalException", "The key material \(material.id) does not open with this root key.", status: 500,
        fault: .receiver)
    }
  }

  private func keep(_ key: OpenedKey, _ id: String) {
    opened.withLock { opened in
      if opened.count >= KeyVault.capacity { opened.removeAll() }
      opened[id] = key
    }
  }
}
