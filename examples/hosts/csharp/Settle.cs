// Settle.cs - claims from standard input settled under a plan, a line of JSON each, counters carried: `huzhu eval --carry` in C#, by P/Invoke.
// A pattern to copy: it is not built here.
//
// Objects are SafeHandles, so that none is freed twice or while a call runs; texts cross as UTF-8 bytes, amounts as texts or
// decimal, never double.
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

[StructLayout(LayoutKind.Sequential)]
readonly struct HuzhuText
{
    public readonly IntPtr Data;
    public readonly nuint Size;

    public override string ToString() => Marshal.PtrToStringUTF8(Data, (int)Size);
}

/// An object of the library, and what frees it.
sealed class Owned : SafeHandle
{
    readonly Action<IntPtr> free;

    public Owned(IntPtr at, Action<IntPtr> free) : base(IntPtr.Zero, true)
    {
        this.free = free;
        SetHandle(at);
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        free(handle);
        return true;
    }
}

static class Native
{
    const string Library = "huzhu"; // libhuzhu.so

    [DllImport(Library)] public static extern uint huzhu_abi_version();
    [DllImport(Library)] public static extern IntPtr huzhu_status_text(int status);
    [DllImport(Library)] public static extern int huzhu_diagnostics_new(IntPtr allocator, out IntPtr made);
    [DllImport(Library)] public static extern void huzhu_diagnostics_free(IntPtr diagnostics);
    [DllImport(Library)] public static extern HuzhuText huzhu_diagnostics_text(IntPtr diagnostics);
    [DllImport(Library)] public static extern int huzhu_ruleset_load([MarshalAs(UnmanagedType.LPUTF8Str)] string folder, IntPtr options, IntPtr diagnostics, out IntPtr made);
    [DllImport(Library)] public static extern void huzhu_ruleset_release(IntPtr ruleset);
    [DllImport(Library)] public static extern int huzhu_ruleset_plan_find(SafeHandle ruleset, byte[] id, nuint size, out IntPtr plan);
    [DllImport(Library)] public static extern int huzhu_claim_new(IntPtr plan, out IntPtr made);
    [DllImport(Library)] public static extern void huzhu_claim_free(IntPtr claim);
    [DllImport(Library)] public static extern int huzhu_decision_new(IntPtr allocator, out IntPtr made);
    [DllImport(Library)] public static extern void huzhu_decision_free(IntPtr decision);
    [DllImport(Library)] public static extern int huzhu_ledger_new(IntPtr allocator, out IntPtr made);
    [DllImport(Library)] public static extern void huzhu_ledger_free(IntPtr ledger);
    [DllImport(Library)] public static extern int huzhu_output_new(IntPtr allocator, out IntPtr made);
    [DllImport(Library)] public static extern void huzhu_output_free(IntPtr output);
    [DllImport(Library)] public static extern void huzhu_output_clear(SafeHandle output);
    [DllImport(Library)] public static extern HuzhuText huzhu_output_text(SafeHandle output);
    [DllImport(Library)] public static extern int huzhu_settle_json(SafeHandle claim, SafeHandle decision, SafeHandle ledger, byte[] json, nuint size, uint language, ulong line, SafeHandle output);
}

static class Settle
{
    const uint Abi = 1;

    static void Check(int status, string what)
    {
        if (status != 0) throw new InvalidOperationException($"{what}: {Marshal.PtrToStringUTF8(Native.huzhu_status_text(status))}");
    }

    static Owned Load(string folder)
    {
        Check(Native.huzhu_diagnostics_new(IntPtr.Zero, out IntPtr diagnostics), "diagnostics");
        try
        {
            int status = Native.huzhu_ruleset_load(folder, IntPtr.Zero, diagnostics, out IntPtr rules);
            Check(status, status == 0 ? folder : Native.huzhu_diagnostics_text(diagnostics).ToString());
            return new Owned(rules, Native.huzhu_ruleset_release);
        }
        finally
        {
            Native.huzhu_diagnostics_free(diagnostics);
        }
    }

    static void Main(string[] arguments)
    {
        if (Native.huzhu_abi_version() != Abi) throw new InvalidOperationException("libhuzhu.so is of another ABI");
        using Owned rules = Load(arguments[0]);
        byte[] id = Encoding.UTF8.GetBytes(arguments[1]);
        Check(Native.huzhu_ruleset_plan_find(rules, id, (nuint)id.Length, out IntPtr plan), arguments[1]);
        Check(Native.huzhu_claim_new(plan, out IntPtr made), "claim");
        using var claim = new Owned(made, Native.huzhu_claim_free);
        Check(Native.huzhu_decision_new(IntPtr.Zero, out made), "decision");
        using var decision = new Owned(made, Native.huzhu_decision_free);
        Check(Native.huzhu_ledger_new(IntPtr.Zero, out made), "ledger");
        using var ledger = new Owned(made, Native.huzhu_ledger_free);
        Check(Native.huzhu_output_new(IntPtr.Zero, out made), "output");
        using var output = new Owned(made, Native.huzhu_output_free);
        using var lines = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false, true));
        ulong number = 0;
        for (string line = lines.ReadLine(); line != null; line = lines.ReadLine())
        {
            byte[] json = Encoding.UTF8.GetBytes(line);
            Native.huzhu_output_clear(output);
            Check(Native.huzhu_settle_json(claim, decision, ledger, json, (nuint)json.Length, 0, ++number, output), "settle");
            Console.Write(Native.huzhu_output_text(output));
        }
    }
}
