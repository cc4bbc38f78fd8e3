import Cloud
import Foundation

/// A certificate for TLS on this machine, made once and kept in the data folder.
enum SelfSignedCertificate {
  /// The paths of certificate and key in `folder`, made by `openssl` if they aren't there.
  /// - Throws: ``StoreFailure`` that names the package to install if there is no `openssl`.
  static func files(in folder: String) throws -> (certificate: String, key: String) {
    let certificate = folder + "/tls-certificate.pem"
    let key = folder + "/tls-key.pem"
    if FileManager.default.fileExists(atPath: certificate), FileManager.default.fileExists(atPath: key) {
      return (certificate, key)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650",
      "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost,DNS:*.localhost,DNS:*.s3.localhost,IP:127.0.0.1,IP:::1", "-keyout", key, "-out",
      certificate,
    ]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw StoreFailure("a self-signed certificate needs the program openssl: install the package openssl")
    }
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw StoreFailure("no certificate could be made (is the package openssl installed?): \(text)")
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    return (certificate, key)
  }
}
