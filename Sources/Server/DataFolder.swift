import Cloud
import Foundation

/// The folder that keeps everything, held by one process at a time.
///
/// Owns the lock file's descriptor, which the kernel lets go when the process ends in whatever way.
final class DataFolder: Sendable {
  let path: String
  private let lock: Int32
  private let isTemporary: Bool

  /// Opens the folder, made if it isn't there.
  /// - Throws: ``StoreFailure`` if another process holds it, or it cannot be used.
  init(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StoreFailure("the data folder \(path) cannot be made: \(error.localizedDescription)")
    }
    let lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw StoreFailure("the data folder \(path) cannot be used: \(String(cString: strerror(errno)))")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      var buffer = [UInt8](repeating: 0, count: 32)
      let count = max(0, read(lock, &buffer, buffer.count))
      let owner = String(decoding: buffer.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      close(lock)
      throw StoreFailure(
        "the data folder \(path) is in use by another server\(owner.isEmpty ? "" : " (process \(owner))"); "
          + "stop it, or choose another folder with --data")
    }
    ftruncate(lock, 0)
    let owner = Array("\(getpid())\n".utf8)
    _ = owner.withUnsafeBytes { write(lock, $0.baseAddress, $0.count) }
    self.path = path
    self.lock = lock
    isTemporary = false
  }

  /// A folder that goes with the process.
  init() throws {
    path = NSTemporaryDirectory() + "/hakoniwa-\(getpid())"
    lock = -1
    isTemporary = true
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { release() }

  /// Lets the folder go, and removes it if it was temporary.
  func release() {
    if lock >= 0 { flock(lock, LOCK_UN) }
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }
}
