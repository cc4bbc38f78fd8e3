import ArgumentParser
import Cloud
import Foundation
import Identity
import Server

/// A setting's value from the environment, where the command line gives none.
enum Environment {
  static func text(_ name: String) -> String? {
    ProcessInfo.processInfo.environment["HAKONIWA_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// - Throws: `ValidationError` that names the variable, if its value is not one of the type's.
  static func value<Value: LosslessStringConvertible>(_ name: String, _ type: Value.Type) throws -> Value? {
    guard let text = text(name) else { return nil }
    guard let value = Value(text) else { throw ValidationError("HAKONIWA_\(name) cannot be “\(text)”.") }
    return value
  }

  static func flag(_ name: String) throws -> Bool {
    switch text(name)?.lowercased() {
    case nil, "0", "false", "no", "off": false
    case "1", "true", "yes", "on": true
    case .some(let other): throw ValidationError("HAKONIWA_\(name) cannot be “\(other)”: say true or false.")
    }
  }
}

/// Where a running server is: shared by all commands that talk to one.
struct ServerAddress: ParsableArguments {
  @Option(help: "The address to listen on. (HAKONIWA_HOST; default: 127.0.0.1)")
  var host: String?

  @Option(help: "The port. (HAKONIWA_PORT; default: 4566)")
  var port: Int?

  @Option(help: "TLS with a certificate of the server's own making: the only value is self-signed. (HAKONIWA_TLS)")
  var tls: String?

  @Option(help: "The Region of requests that name none. (HAKONIWA_REGION; default: us-east-1)")
  var region: String?

  /// - Throws: `ValidationError` in the words of a person.
  func fill(_ configuration: inout ServerConfiguration) throws {
    configuration.host = host ?? Environment.text("HOST") ?? configuration.host
    configuration.port = try port ?? Environment.value("PORT", Int.self) ?? configuration.port
    guard (0...65535).contains(configuration.port) else { throw ValidationError("A port is a number from 0 to 65535.") }
    if let name = tls ?? Environment.text("TLS") {
      guard name == "self-signed" else {
        throw ValidationError("--tls takes self-signed; for files of your own use --tls-certificate and --tls-key.")
      }
      configuration.tls = .selfSigned
    }
    if let name = region ?? Environment.text("REGION") {
      guard let region = Region(name) else { throw ValidationError("“\(name)” is not a Region's name.") }
      configuration.region = region
    }
  }

  /// The endpoint of the server that these options name.
  func endpoint() throws -> String {
    var configuration = ServerConfiguration()
    try fill(&configuration)
    return configuration.endpoint(port: configuration.port)
  }
}
