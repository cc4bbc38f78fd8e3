import Testing

@testable import WhatIf
