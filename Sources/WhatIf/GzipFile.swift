import CZlib

/// The version of zlib that reads exported logs.
enum Zlib {
  static var version: String { String(cString: zlibVersion()) }
}
