import ArgumentParser
import Foundation
import WhatIf

/// `hakoniwa org`
struct OrganizationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "org",
    abstract: "Try changes of an organization before they are made; write organizations to files and back.",
    subcommands: [WhatIfCommand.self, Export.self, Import.self])

  /// `hakoniwa org export`
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write the running organization to a seed file: units, accounts with their ids, roles, policies.",
      discussion: "A name that ends with .json gives JSON, every other one YAML; - writes YAML to the terminal.")

    @Argument(help: "The file to write.") var file: String
    @OptionGroup var management: ManagementAccount
    @OptionGroup var address: ServerAddress

    func run() async throws {
      let model = try await management.caller(address).organization()
      var roles: [String: [Seed.Role]] = [:]
      let reading = try RoleReading(pages: HelperClient(address))
      for account in model.accounts where account.id != model.managementAccount {
        roles[account.id] = try await reading.roles(of: account.id)
      }
      let value = Seed(model, roles: roles).value
      let head = "# The organization \(model.id) of account \(model.managementAccount).\n"
      let text = try file.hasSuffix(".json") ? value.prettyJSON() + "\n" : head + value.yaml
      if file == "-" { return print(text, terminator: "") }
      do { try text.write(toFile: file, atomically: true, encoding: .utf8) } catch {
        throw Failure("\(file) cannot be written: \(error.localizedDescription)")
      }
      print(
        "Wrote \(file): \(model.units.count) units, \(model.accounts.count) accounts, "
          + "\(roles.values.reduce(0) { $0 + $1.count }) roles, "
          + "\(model.policies.filter { !$0.isManagedByAWS }.count) policies.")
    }
  }

  /// `hakoniwa org import`
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract:
        "Build a real organization here: from what aws organizations list-* and describe-* answered, or from a seed.",
      discussion: """
        A folder has organization.json, roots.json, units-<parent>.json, accounts-<parent>.json, policy-<id>.json and \
        targets-<id>.json; docs/seeds.md has the lines that write them. Account ids are kept: accounts are invited, \
        and accept. A file is a seed, as for hakoniwa seed.
        """)

    @Argument(help: "A folder of answers, or a seed file.") var source: String
    @OptionGroup var management: ManagementAccount
    @OptionGroup var address: ServerAddress

    func run() async throws {
      let seed = try OrganizationFiles.seed(source)
      try await SeedBuilder.run(seed, management.given, address)
    }
  }
}

/// Whose organization a command is about.
struct ManagementAccount: ParsableArguments {
  @Option(
    name: .customLong("account"),
    help: "The management account, or for a new organization the one that makes it. (default: 000000000000)")
  var given: String?

  func validate() throws {
    if let given, given.count != 12 || !given.allSatisfy({ $0.isASCII && $0.isNumber }) {
      throw ValidationError("An account is twelve digits.")
    }
  }

  /// Calls as the management account's root user.
  func caller(_ address: ServerAddress) throws -> AWSCaller {
    try AWSCaller(address, as: .root(of: given ?? "000000000000"))
  }
}

/// Organizations in files.
enum OrganizationFiles {
  /// What `aws organizations` answered, from a folder.
  static func model(_ folder: String) throws -> OrganizationModel {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw Failure("\(folder) is not a folder that can be read.")
    }
    var files: [String: Data] = [:]
    for name in names where name.hasSuffix(".json") {
      files[String(name.dropLast(5))] = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
    }
    do { return try RecordedAnswers(files).organization() } catch { throw Failure("\(folder): \(error)") }
  }

  /// A seed: from a file, or made of a folder of answers.
  static func seed(_ source: String) throws -> Seed {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
      throw Failure("There is no file \(source).")
    }
    return try isFolder.boolValue ? Seed(model(source)) : read(text(source), source)
  }

  static func read(_ text: String, _ name: String) throws -> Seed {
    do { return try Seed(reading: text) } catch { throw Failure("\(name): \(error)") }
  }

  static func text(_ file: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: file) else { throw Failure("\(file) cannot be read.") }
    return String(decoding: data, as: UTF8.self)
  }
}
