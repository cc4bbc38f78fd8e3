import Checksums

/// Derives canonical user ids: 64 hexadecimal digits, the same for an account in every run and every installation.
enum CanonicalUserID {
  static func derive(_ account: String) -> String {
    Hex.encode(DigestAlgorithm.sha256.checksum(of: Array("canonical user of \(account)".utf8)))
  }
}
