import Crypto
import Foundation
import Synchronization
import Wire

/// The key that encrypts all key material on disk: 32 random bytes in a file that only its owner can read.
///
/// State: the key in a `Mutex`, read or made at first use, so that a cloud without KMS keys has no such file.
public final class RootKey: Sendable {
  private let path: String
  private let loaded = Mutex<SymmetricKey?>(nil)

  /// The root key in the file at `path`, which need not exist yet.
  public init(path: String) { self.path = path }

  /// - Throws: `KMSInternalException` if the file cannot be read or written, or is no root key.
  func value() throws(AWSError) -> SymmetricKey {
    do {
      return try loaded.withLock { loaded in
        if let loaded { return loaded }
        let key = try RootKey.load(path)
        loaded = key
        return key
      }
    } catch {
      throw AWSError(
        "KMSInternalException", "The root key \(path) cannot be used: \(error)", status: 500, fault: .receiver)
    }
  }

  private static func load(_ path: String) throws -> SymmetricKey {
    if let data = FileManager.default.contents(atPath: path) {
      guard data.count == 32 else { throw CocoaError(.fileReadCorruptFile) }
      return SymmetricKey(data: data)
    }
    let key = SymmetricKey(size: .bits256)
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Made with its mode from the start, and in place at once: nobody sees it readable or half written.
    let draft = path + ".new"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { throw CocoaError(.fileWriteNoPermission) }
    defer { close(file) }
    let count = key.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count == 32, fsync(file) == 0, rename(draft, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    return key
  }
}
