extension ServiceModel {
  /// A structure as the JSON text of its shape, to be kept and answered later as ``Value/encodedJSON(_:)``.
  public func json(_ value: StructureValue, as shape: Shape) -> [UInt8] {
    var writer = JSONWriter()
    writer.structure(value, shape, self)
    return writer.bytes
  }

  /// Reads what ``json(_:as:)`` wrote; nothing if it is damaged.
  public func structure(json: [UInt8], as shape: Shape) -> StructureValue? {
    try? JSONReader.structure(json, shape, self)
  }
}

extension JSONValue {
  /// Reads JSON text; nothing if it isn't JSON.
  public init?(json: [UInt8]) { self.init(parsing: json) }
}
